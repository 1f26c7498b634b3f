using Callback.Calls.Bridges;
using Callback.Database;

namespace Callback.Calls.LineUse;

/// <param name="Leg">Null: none is set.</param>
/// <param name="Shops">Where the person takes or supervises calls.</param>
public sealed record PersonWithLeg(Guid UserId, string DisplayName, IReadOnlyList<string> Shops, AgentLegView? Leg);

/// <summary>Everybody who takes or supervises calls of real customers, with their phones; and one's own.</summary>
public sealed class ListAgentLegs(Db db)
{
    private sealed record Row(Guid UserId, string DisplayName, string[] Shops, LegKind? Kind, string? Last4, bool? KeepOpen);

    public async Task<IReadOnlyList<PersonWithLeg>> RunAsync(Actor actor, CancellationToken ct)
    {
        actor.Demand(Permission.ManageLines);
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await ReadAsync(session, null, ct);
    }

    /// <returns>Null: takes and supervises no calls.</returns>
    public async Task<PersonWithLeg?> OwnAsync(Actor actor, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return (await ReadAsync(session, Desk.Agent(actor), ct)).SingleOrDefault();
    }

    private static async Task<IReadOnlyList<PersonWithLeg>> ReadAsync(Session session, Guid? user, CancellationToken ct) =>
    [
        .. (await session.QueryAsync<Row>(
            """
            select u.user_id, u.display_name, array_agg(distinct s.shop_id order by s.shop_id) as shops, min(l.kind) as kind, min(l.last4) as last4, bool_or(l.keep_open) as keep_open
            from users u
            join memberships m on m.user_id = u.user_id and m.role in ('Agent', 'Manager')
            join shops s on s.shop_id = m.shop_id and not s.practice and s.closed_at is null
            left join agent_legs l on l.shop_id = s.shop_id and l.agent_id = u.user_id
            where u.disabled_at is null and (@user::uuid is null or u.user_id = @user)
            group by u.user_id, u.display_name
            order by u.display_name, u.user_id
            """,
            new { user },
            ct)).Select(row => new PersonWithLeg(row.UserId, row.DisplayName, row.Shops, row.Kind is { } kind ? new(kind, row.Last4!, row.KeepOpen == true) : null)),
    ];
}
