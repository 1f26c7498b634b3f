using Callback.Database;

namespace Callback.Orders;

/// <summary>What follows in the caller's transaction, which holds the order's lock, when a report came or went: the order is a candidate for what it is a case for now, and for nothing else.</summary>
internal static class ReportedOrder
{
    public static async Task FollowAsync(Session session, ShopId shop, OrderNo orderNo, DateTimeOffset now, CancellationToken ct)
    {
        var args = new { shop, orderNo, now };
        await session.ExecuteAsync(Candidates, args, ct);
        await session.ExecuteAsync(LookAgain, args, ct);
    }

    private static readonly string Candidates =
        $"""
        with cases as (
            select f.purpose, f.due_at, f.fits and f.due_at is not null as stands
            from orders o
            cross join lateral {PurposePolicy.CasesSql("o")} as f (purpose, due_at, fits)
            where o.shop_id = @shop and o.order_no = @orderNo
        ), dropped as (
            delete from candidates c
            using cases
            where c.shop_id = @shop and c.order_no = @orderNo and c.purpose = cases.purpose and not cases.stands
        )
        insert into candidates (shop_id, purpose, order_no, due_at)
        select @shop, purpose, @orderNo, due_at
        from cases
        where stands
        on conflict (shop_id, purpose, order_no) do update
        set due_at = excluded.due_at, blocked_reason = null
        """;

    // The next pass judges its queued calls before all others. One that a pass or an agent has in hand is judged by them anyway, so nobody waits for anybody here.
    private const string LookAgain =
        """
        with waiting as (
            select q.queued_call_id
            from queued_call_orders l
            join queued_calls q on q.shop_id = l.shop_id and q.queued_call_id = l.queued_call_id
            where l.shop_id = @shop and l.order_no = @orderNo and q.hold_id is null
            order by q.queued_call_id
            for update of q skip locked
        )
        update queued_calls q
        set planned_at = @now - interval '1 day'
        from waiting
        where q.shop_id = @shop and q.queued_call_id = waiting.queued_call_id
        """;
}
