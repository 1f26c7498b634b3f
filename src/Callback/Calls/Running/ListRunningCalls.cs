using Callback.Database;
using Callback.Telephony;

namespace Callback.Calls.Running;

/// <summary>A call that is on, for managers.</summary>
/// <param name="Since">When it was answered, else when it was dialed.</param>
/// <param name="Bridged">It can be listened to: it goes through a line with rooms.</param>
/// <param name="Mine">What the asking manager does in it, if anything.</param>
public sealed record RunningCallRow(
    Guid AttemptId, Guid AgentId, string AgentName, string CampaignName, Purpose Purpose, string Line, CallState CallState, DateTimeOffset Since, bool OnHold, bool Bridged,
    GuestMode? Mine, GuestState? MineState);

/// <summary>The shop's calls that are on.</summary>
public sealed class ListRunningCalls(Db db)
{
    public async Task<IReadOnlyList<RunningCallRow>> RunAsync(Actor actor, ShopId shop, CancellationToken ct)
    {
        actor.Demand(Permission.SuperviseCalls, shop);
        // Rooms may stand in other shops of the same agents; what is shown of them is only whether they hold.
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QueryAsync<RunningCallRow>(
            """
            select a.attempt_id, a.agent_id, u.display_name as agent_name, c.name as campaign_name, a.purpose, a.line, a.call_state,
                coalesce(a.answered_at, a.gated_at) as since, coalesce(b.customer_held, false) as on_hold,
                b.bridge_id is not null and b.state = 'Ready' as bridged, g.mode as mine, g.state as mine_state
            from attempts a
            join campaigns c on c.shop_id = a.shop_id and c.campaign_id = a.campaign_id
            join users u on u.user_id = a.agent_id
            left join bridges b on b.shop_id = a.bridge_shop_id and b.bridge_id = a.bridge_id
            left join bridge_guests g on g.shop_id = b.shop_id and g.bridge_id = b.bridge_id and g.attempt_id = a.attempt_id and g.user_id = @me and g.state <> 'Gone'
            where a.shop_id = @shop and a.state = 'Placed'
            order by a.gated_at, a.attempt_id
            """,
            new { shop, me = actor.UserId },
            ct);
    }
}

/// <summary>Somebody a call can be handed over to.</summary>
public sealed record Supervisor(Guid UserId, string Name);

/// <summary>Who can take an agent's call over: managers of its shop who have set a phone.</summary>
public sealed class ListSupervisors(Db db)
{
    /// <exception cref="InvalidInputException"><c>attempt-unknown</c>.</exception>
    public async Task<IReadOnlyList<Supervisor>> RunAsync(Actor actor, Guid attemptId, CancellationToken ct)
    {
        var attempt = await OwnAttempt.FindAsync(db, actor, attemptId, ct);
        await using var session = await db.BeginAsync(attempt.ShopId, ct);
        return await session.QueryAsync<Supervisor>(
            """
            select u.user_id, u.display_name as name
            from memberships m
            join users u on u.user_id = m.user_id and u.disabled_at is null
            join agent_legs l on l.shop_id = m.shop_id and l.agent_id = m.user_id
            where m.shop_id = @ShopId and m.role = 'Manager' and m.user_id <> @AgentId
            order by u.display_name, u.user_id
            """,
            new { attempt.ShopId, attempt.AgentId },
            ct);
    }
}
