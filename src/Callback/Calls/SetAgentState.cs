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
        await WriteAsync(session, shops, agent, input.State, reason, null, time.GetUtcNow(), ct);
        await session.CommitAsync();
    }

    /// <param name="campaigns">What the agent chose; null: as before.</param>
    internal static Task WriteAsync(
        Session session, IReadOnlyList<ShopId> shops, Guid agent, AgentState state, string? reason, Guid[]? campaigns, DateTimeOffset now, CancellationToken ct) =>
        session.ExecuteAsync(
            """
            insert into agent_states (shop_id, user_id, state, pause_reason, campaign_ids, since, seen_at)
            select shop_id, @agent, @state, @reason, coalesce(@campaigns::uuid[], '{}'), @now, @now
            from unnest(@shops) as shop_id
            on conflict (shop_id, user_id) do update
            set state = excluded.state,
                pause_reason = excluded.pause_reason,
                campaign_ids = coalesce(@campaigns::uuid[], agent_states.campaign_ids),
                since = case when agent_states.state = excluded.state then agent_states.since else excluded.since end,
                seen_at = excluded.seen_at
            where (agent_states.state, agent_states.pause_reason, agent_states.campaign_ids)
                is distinct from (excluded.state, excluded.pause_reason, coalesce(@campaigns::uuid[], agent_states.campaign_ids))
                or agent_states.seen_at < @now - interval '1 minute'
            """,
            new { shops = shops.Select(shop => shop.Value).ToArray(), agent, state = state.ToString(), reason, campaigns, now },
            ct);

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
