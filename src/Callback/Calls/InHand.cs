using Callback.Database;

namespace Callback.Calls;

/// <summary>The one card an agent has: a hold that runs, a call that is on, or a result still to be written.</summary>
/// <param name="Until">End of the hold; null: the call was made.</param>
internal sealed record InHand(ShopId ShopId, Guid HoldId, Guid? AttemptId, DateTimeOffset? Until)
{
    /// <summary>The hold ran out, and the sweep that frees it has not come by.</summary>
    public bool IsOverdue(DateTimeOffset now) => Until <= now;

    public static async Task<InHand?> FindAsync(Session session, IReadOnlyList<ShopId> shops, Guid agent, DateTimeOffset now, CancellationToken ct) =>
        (await session.QueryAsync<InHandRow>(Sql, AgentDesk.Args([new(agent, shops)]), ct)) is [var first, ..] && !first.Card.IsOverdue(now) ? first.Card : null;

    /// <summary>The cards of several desks (<see cref="AgentDesk"/>), overdue holds as well. The first of a desk is the one that counts.</summary>
    internal const string Sql = $"""
        select d.place, h.shop_id, h.hold_id, h.attempt_id, h.until
        from {AgentDesk.Sql}
        cross join lateral (
            select a.shop_id, a.hold_id, a.attempt_id, null::timestamptz as until
            from attempts a
            where a.shop_id = d.shop_id and a.agent_id = d.agent_id and a.state in ('Dialing', 'Placed') and a.wrap_up = 'None'
            union all
            select a.shop_id, a.hold_id, a.attempt_id, null
            from attempts a
            where a.shop_id = d.shop_id and a.agent_id = d.agent_id and a.wrap_up = 'Open'
            union all
            select q.shop_id, q.hold_id, null, q.held_until
            from queued_calls q
            where q.shop_id = d.shop_id and q.held_by = d.agent_id) h
        order by d.place, h.attempt_id desc nulls last, h.until desc
        """;
}

internal sealed record InHandRow(int Place, ShopId ShopId, Guid HoldId, Guid? AttemptId, DateTimeOffset? Until)
{
    public InHand Card => new(ShopId, HoldId, AttemptId, Until);
}
