using Callback.Database;

namespace Callback.Calls;

/// <param name="PauseReason">Required with Paused, at most 60 characters: a code of the page's list (meal, training, meeting, technical …).</param>
public sealed record SetAgentStateInput(AgentState State, string? PauseReason = null);

/// <summary>Paused or away: a held card goes back to its place. Ready is what <see cref="HoldNextCall"/> says.</summary>
public sealed class SetAgentState(Db db, TimeProvider time)
{
    /// <exception cref="InvalidInputException"><c>pause-reason-required</c>.</exception>
    public async Task RunAsync(Actor actor, SetAgentStateInput input, CancellationToken ct)
    {
        var agent = Desk.Agent(actor);
        var reason = input.State == AgentState.Paused ? Checked(input.PauseReason) : null;
        var shops = OwnAttempt.Shops(actor);
        await using var session = await db.BeginByKeyAsync(actor.Scope, ct);
        if (input.State != AgentState.Ready)
            await FreeAllAsync(session, shops, agent, ct);
        var desk = AgentDesk.Args([new(agent, shops)]);
        await session.ExecuteAsync(Sql, new { desk.Shops, desk.Agents, chosen = new string?[shops.Count], state = input.State.ToString(), reason, now = time.GetUtcNow() }, ct);
        await session.CommitAsync();
    }

    /// <summary>Writes the state of several desks; its parameters are <see cref="AgentDesk.Args"/>, <c>chosen</c> (by desk, joined by commas; null: as before), <c>state</c>, <c>reason</c>, <c>now</c>.</summary>
    internal const string Sql = $"""
        insert into agent_states (shop_id, user_id, state, pause_reason, campaign_ids, since, seen_at)
        select d.shop_id, d.agent_id, @state, @reason, coalesce(string_to_array(d.chosen, ',')::uuid[], s.campaign_ids, array[]::uuid[]), @now, @now
        from unnest(@shops, @agents, @chosen) as d (shop_id, agent_id, chosen)
        left join lateral (
            select campaign_ids
            from agent_states
            where shop_id = d.shop_id and user_id = d.agent_id
            limit 1) s on true
        order by d.shop_id, d.agent_id
        on conflict (shop_id, user_id) do update
        set state = excluded.state,
            pause_reason = excluded.pause_reason,
            campaign_ids = excluded.campaign_ids,
            since = case when agent_states.state = excluded.state then agent_states.since else excluded.since end,
            seen_at = excluded.seen_at
        where (agent_states.state, agent_states.pause_reason, agent_states.campaign_ids) is distinct from (excluded.state, excluded.pause_reason, excluded.campaign_ids)
            or agent_states.seen_at < @now - interval '1 minute'
        """;

    private static Task<int> FreeAllAsync(Session session, IReadOnlyList<ShopId> shops, Guid agent, CancellationToken ct) => session.ExecuteAsync(
        """
        update queued_calls
        set hold_id = null, held_by = null, held_at = null, held_until = null, fence = fence + 1
        where shop_id = any(@shops) and held_by = @agent
        """,
        new { shops = shops.Select(shop => shop.Value).ToArray(), agent },
        ct);

    private static string Checked(string? reason) => reason?.Trim() is { Length: > 0 and <= 60 } text
        ? text
        : throw new InvalidInputException(Problem.Of("pause-reason-required", "pauseReason"));
}
