using Callback.Database;

namespace Callback.Planning;

/// <summary>Takes calls out of the queue and gives their orders back to the planner. Calls in an agent's hands stay.</summary>
internal static class QueueClearing
{
    /// <summary>Calls whose window is over.</summary>
    public static Task<int> StaleAsync(Session session, ShopId shop, DateTimeOffset now, int batch, CancellationToken ct) =>
        session.QuerySingleAsync<int>(Sql("q.fresh_until < @now", "q.fresh_until"), new { shop, now, batch, reason = "Stale" }, ct);

    /// <summary>Calls of campaigns that do not run.</summary>
    public static Task<int> StoppedAsync(Session session, ShopId shop, Guid[] campaigns, DateTimeOffset now, int batch, CancellationToken ct) =>
        session.QuerySingleAsync<int>(
            Sql("q.campaign_id = any(@campaigns)", "q.queued_call_id"), new { shop, campaigns, now, batch, reason = nameof(BlockReason.CampaignNotRunning) }, ct);

    // An order with a grant is no candidate: the pass over due grants finds it again.
    private static string Sql(string which, string order) => $"""
        with leaving as (
            select q.queued_call_id
            from queued_calls q
            where q.shop_id = @shop and q.hold_id is null and {which}
            order by {order}
            limit @batch
            for update skip locked
        ), lines as (
            select l.queued_call_id, l.purpose, l.order_no, l.grant_no
            from leaving
            join queued_call_orders l on l.shop_id = @shop and l.queued_call_id = leaving.queued_call_id
        ), covered as (
            select queued_call_id, array_agg(order_no order by order_no) as order_nos
            from lines
            group by queued_call_id
        ), gone as (
            delete from queued_calls q
            using leaving
            where q.shop_id = @shop and q.queued_call_id = leaving.queued_call_id
            returning q.queued_call_id, q.purpose, q.campaign_id
        ), exits as (
            insert into queue_exits (shop_id, queued_call_id, purpose, campaign_id, order_nos, reason, at)
            select @shop, gone.queued_call_id, gone.purpose, gone.campaign_id, coalesce(covered.order_nos, array[]::text[]), @reason, @now
            from gone
            left join covered on covered.queued_call_id = gone.queued_call_id
        ), back as (
            insert into candidates (shop_id, purpose, order_no, due_at)
            select @shop, purpose, order_no, @now
            from lines
            where grant_no = 0
            order by order_no
            on conflict (shop_id, purpose, order_no) do update
            set due_at = least(candidates.due_at, excluded.due_at)
        )
        select count(*)::integer
        from gone
        """;
}
