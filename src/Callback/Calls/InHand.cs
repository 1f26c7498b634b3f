using Callback.Database;

namespace Callback.Calls;

/// <summary>The one card an agent has: a hold that runs, a call that is on, or a result still to be written.</summary>
/// <param name="Until">End of the hold; null: the call was made.</param>
internal sealed record InHand(ShopId ShopId, Guid HoldId, Guid? AttemptId, DateTimeOffset? Until)
{
    public static async Task<InHand?> FindAsync(Session session, IReadOnlyList<ShopId> shops, Guid agent, DateTimeOffset now, CancellationToken ct) =>
        await FindOrOverdueAsync(session, shops, agent, ct) is { } card && !card.IsOverdue(now) ? card : null;

    /// <summary>The hold ran out, and the sweep that frees it has not come by.</summary>
    public bool IsOverdue(DateTimeOffset now) => Until <= now;

    public static async Task<InHand?> FindOrOverdueAsync(Session session, IReadOnlyList<ShopId> shops, Guid agent, CancellationToken ct) =>
        (await session.QueryAsync<InHand>(
            """
            select shop_id, hold_id, attempt_id, null::timestamptz as until
            from attempts
            where shop_id = any(@shops) and agent_id = @agent and state in ('Dialing', 'Placed') and wrap_up = 'None'
            union all
            select shop_id, hold_id, attempt_id, null
            from attempts
            where shop_id = any(@shops) and agent_id = @agent and wrap_up = 'Open'
            union all
            select shop_id, hold_id, null, held_until
            from queued_calls
            where shop_id = any(@shops) and held_by = @agent
            order by attempt_id desc nulls last, until desc
            limit 1
            """,
            new { shops = shops.Select(shop => shop.Value).ToArray(), agent },
            ct)).SingleOrDefault();
}
