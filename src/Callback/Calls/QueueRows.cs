using Callback.Database;

namespace Callback.Calls;

/// <summary>The writes on a queued call that its holder makes. Nothing leaves the queue without its reason, and no order is lost on the way.</summary>
internal static class QueueRows
{
    /// <summary>The call leaves the queue; its orders go back to the planner where there is something to wait for.</summary>
    public static async Task LeaveAsync(
        Session session, QueuedCall call, string reason, Guid? actorId, IReadOnlyList<LeavingOrder> orders, DateTimeOffset now, CancellationToken ct)
    {
        await session.ExecuteAsync(
            """
            with gone as (
                delete from queued_calls
                where shop_id = @ShopId and queued_call_id = @QueuedCallId
                returning shop_id, queued_call_id, purpose, campaign_id
            )
            insert into queue_exits (shop_id, queued_call_id, purpose, campaign_id, order_nos, reason, actor_id, at)
            select shop_id, queued_call_id, purpose, campaign_id, @OrderNos, @reason, @actorId, @now
            from gone
            """,
            new { call.ShopId, call.QueuedCallId, call.OrderNos, reason, actorId, now },
            ct);
        await BackToPlannerAsync(session, call, orders, ct);
    }

    /// <summary>Some of the call's orders leave it; the others stay.</summary>
    public static async Task DropAsync(Session session, QueuedCall call, IReadOnlyList<LeavingOrder> orders, CancellationToken ct)
    {
        if (orders.Count == 0)
            return;
        await session.ExecuteAsync(
            """
            delete from queued_call_orders
            where shop_id = @ShopId and queued_call_id = @QueuedCallId and order_no = any(@orderNos)
            """,
            new { call.ShopId, call.QueuedCallId, orderNos = orders.Select(order => order.OrderNo.Value).ToArray() },
            ct);
        await BackToPlannerAsync(session, call, orders, ct);
    }

    /// <summary>The call is free again; the fence tells a late holder that it is not his any more.</summary>
    /// <param name="penalty">Taken off the priority: how far behind the others it goes.</param>
    public static async Task<bool> FreeAsync(Session session, QueuedCall call, double penalty, CancellationToken ct) =>
        await session.QuerySingleAsync<int>(
            """
            with freed as (
                update queued_calls
                set hold_id = null, held_by = null, held_at = null, held_until = null, fence = fence + 1,
                    priority = priority - @penalty, skips = skips + case when @penalty > 0 then 1 else 0 end
                where shop_id = @ShopId and queued_call_id = @QueuedCallId and hold_id = @HoldId and fence = @Fence
                returning shop_id
            ), told as (
                select pg_notify('queue', shop_id)
                from freed
            )
            select count(*)::integer
            from told
            """,
            new { call.ShopId, call.QueuedCallId, call.HoldId, call.Fence, penalty },
            ct) == 1;

    /// <summary>Orders that something may still make callable are looked at again by the planner.</summary>
    public static Task BackToPlannerAsync(Session session, QueuedCall call, IReadOnlyList<LeavingOrder> orders, CancellationToken ct)
    {
        var looked = orders.Where(order => order.NextLook is not null).ToList();
        return looked.Count == 0 ? Task.CompletedTask : session.ExecuteAsync(
            """
            insert into candidates (shop_id, purpose, order_no, due_at, blocked_reason)
            select @ShopId, @purpose, order_no, due_at, blocked_reason
            from unnest(@orderNos, @dueAts, @reasons) as looked (order_no, due_at, blocked_reason)
            on conflict (shop_id, purpose, order_no) do update set due_at = excluded.due_at, blocked_reason = excluded.blocked_reason
            """,
            new
            {
                call.ShopId,
                purpose = call.Purpose.ToString(),
                orderNos = looked.Select(order => order.OrderNo.Value).ToArray(),
                dueAts = looked.Select(order => order.NextLook!.Value.UtcDateTime).ToArray(),
                reasons = looked.Select(order => order.Reason.ToString()).ToArray(),
            },
            ct);
    }
}
