using Callback.Auditing;
using Callback.Calls.Bridges;
using Callback.Database;
using Callback.Database.PersonalData;

namespace Callback.Calls.LineUse;

/// <param name="UserId">Whose phone; null: one's own.</param>
/// <param name="Kind">Null: no phone any more.</param>
/// <param name="Address">Number or SIP address; not needed for the browser.</param>
/// <param name="KeepOpen">Stay connected between calls.</param>
public sealed record SaveAgentLegInput(Guid? UserId, LegKind? Kind, string? Address, bool KeepOpen);

/// <summary>Sets where a person's own phone is: everybody who takes or supervises calls for themselves, an administrator for all. An open room stays as it is.</summary>
public sealed class SaveAgentLeg(Db db, TimeProvider time, PersonalDataVault vault)
{
    private sealed record Home(string ShopId, string Country);

    /// <exception cref="InvalidInputException">
    /// <c>leg-phone-invalid</c>, <c>leg-sip-invalid</c>; <c>leg-is-customer</c>: the number stands in an order; <c>leg-user-unknown</c>: takes and supervises no calls anywhere.
    /// </exception>
    public async Task RunAsync(Actor actor, SaveAgentLegInput input, CancellationToken ct)
    {
        var user = input.UserId ?? Desk.Agent(actor);
        if (user != actor.UserId)
            actor.Demand(Permission.ManageLines);
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var homes = await HomesAsync(session, user, ct);
        if (homes.Count == 0)
            throw new InvalidInputException(Problem.Of("leg-user-unknown", "userId"));
        var now = time.GetUtcNow();
        var last4 = await WriteAsync(session, user, homes, input, now, ct);
        foreach (var home in homes)
            await AuditTrail.AppendAsync(
                session, new ShopId(home.ShopId), actor, now, "agent-leg.changed", $"user:{user}", new { kind = input.Kind?.ToString(), last4, input.KeepOpen }, ct);
        await session.CommitAsync();
    }

    private static Task<IReadOnlyList<Home>> HomesAsync(Session session, Guid user, CancellationToken ct) => session.QueryAsync<Home>(
        """
        select distinct s.shop_id, s.country
        from memberships m
        join shops s on s.shop_id = m.shop_id
        where m.user_id = @user and m.role in ('Agent', 'Manager') and not s.practice and s.closed_at is null
        order by s.shop_id
        """,
        new { user },
        ct);

    private async Task<string?> WriteAsync(Session session, Guid user, IReadOnlyList<Home> homes, SaveAgentLegInput input, DateTimeOffset now, CancellationToken ct)
    {
        await session.ExecuteAsync("delete from agent_legs where agent_id = @user", new { user }, ct);
        if (input.Kind is not { } kind)
            return null;
        var (address, last4, problem) = AgentLegPolicy.Read(user, kind, input.Address, homes[0].Country);
        if (problem is not null)
            throw new InvalidInputException(problem);
        if (kind == LegKind.Phone && await CustomerNumbers.IncludeAsync(session, vault, address!, ct))
            throw new InvalidInputException(Problem.Of("leg-is-customer", "address"));
        foreach (var home in homes)
            await session.ExecuteAsync(
                """
                insert into agent_legs (shop_id, agent_id, kind, address_cipher, last4, keep_open, updated_at)
                values (@ShopId, @user, @kind, @cipher, @last4, @KeepOpen, @now)
                """,
                new { home.ShopId, user, kind = kind.ToString(), cipher = vault.Encrypt(DataPlace.AgentLeg(new(home.ShopId), user), address!), last4, input.KeepOpen, now },
                ct);
        return last4;
    }
}
