using Callback.Database;

namespace Callback.FollowUps.Log;

/// <summary>One thing that happened to an order.</summary>
/// <param name="Kind">Where it comes from: Order (status and import), Queue (left the queue, with the reason), Skip, Attempt, Result, Grant, Suppression, Task, TaskDecided (a yes or no above a limit), TaskClosed.</param>
/// <param name="What">A code that the screens translate: an event's kind, an exit's reason, an attempt's state, an outcome.</param>
/// <param name="Details">JSON of the figures; no personal data.</param>
public sealed record StoryEntry(DateTimeOffset At, string Kind, string What, string? Who, Guid? Id, string Details);

/// <summary>Everything that is known about an order's way, in the order it happened.</summary>
public sealed class OrderStory(Db db)
{
    private const string Read = """
        with rights as (
            select a.*, u.display_name as agent
            from attempt_rights r
            join attempts a on a.shop_id = r.shop_id and a.attempt_id = r.attempt_id
            left join users u on u.user_id = a.agent_id
            where r.shop_id = @shop
                and r.order_no = @orderNo
        ), tasks as (
            select t.*
            from follow_up_tasks t
            join rights a on a.shop_id = t.shop_id and a.attempt_id = t.attempt_id
            where t.shop_id = @shop and (t.order_no is null or t.order_no = @orderNo)
        )
        select o.created_at as at, 'Order' as kind, 'Imported' as what, null as who, null::uuid as id, jsonb_build_object('source', o.source)::text as details
        from orders o
        where o.shop_id = @shop and o.order_no = @orderNo
        union all
        select e.at, 'Order' as kind, e.kind as what, e.details ->> 'actor' as who, null::uuid as id, e.details::text as details
        from order_events e
        where e.shop_id = @shop and e.order_no = @orderNo
        union all
        select x.at, 'Queue', x.reason, u.display_name, x.queued_call_id, jsonb_build_object('purpose', x.purpose)::text
        from queue_exit_orders o
        join queue_exits x on x.shop_id = o.shop_id and x.queued_call_id = o.queued_call_id
        left join users u on u.user_id = x.actor_id
        where o.shop_id = @shop and o.order_no = @orderNo
        union all
        select a.gated_at, 'Attempt', a.state, a.agent, a.attempt_id,
            jsonb_build_object('purpose', a.purpose, 'kind', a.kind, 'line', a.line, 'callState', a.call_state, 'answeredAt', a.answered_at, 'endedAt', a.ended_at, 'refusal', a.refusal)::text
        from rights a
        union all
        select r.at, 'Result', r.outcome, u.display_name, r.attempt_id,
            jsonb_build_object('revision', r.revision, 'reasons', r.reason_codes, 'note', r.note, 'promisedAt', r.promised_at, 'doNotCall', r.do_not_call)::text
        from results r
        join rights a on a.shop_id = r.shop_id and a.attempt_id = r.attempt_id
        left join users u on u.user_id = r.actor_id
        union all
        select g.created_at, 'Grant', g.kind, u.display_name, g.parent_attempt_id,
            jsonb_build_object('purpose', g.purpose, 'grantNo', g.grant_no, 'notBefore', g.not_before, 'expiresAt', g.expires_at, 'closed', g.close_reason)::text
        from call_grants g
        left join users u on u.user_id = g.created_by
        where g.shop_id = @shop and g.order_no = @orderNo
        union all
        select s.created_at, 'Suppression', s.scope, s.actor_name, s.suppression_id,
            jsonb_build_object('reason', s.reason, 'doNotCall', s.do_not_call, 'purpose', s.purpose, 'expiresAt', s.expires_at, 'liftedAt', s.lifted_at)::text
        from suppressions s
        join orders o on o.shop_id = s.shop_id and o.order_no = @orderNo
        where s.shop_id = @shop and (s.order_no = @orderNo or s.person_key in (o.phone_hash, o.buyer_key))
        union all
        select t.created_at, 'Task', t.kind, u.display_name, t.task_id,
            jsonb_build_object('state', t.state, 'dueAt', t.due_at, 'note', t.note, 'promise', t.promise, 'amount', t.amount, 'currency', t.currency)::text
        from tasks t
        left join users u on u.user_id = t.created_by
        union all
        select t.decided_at, 'TaskDecided', t.kind, u.display_name, t.task_id, jsonb_build_object('state', case when t.state = 'Declined' then 'Declined' else 'Open' end, 'note', t.decision)::text
        from tasks t
        left join users u on u.user_id = t.decided_by
        where t.decided_at is not null
        union all
        select t.closed_at, 'TaskClosed', t.kind, u.display_name, t.task_id, jsonb_build_object('state', t.state, 'note', t.closing_note)::text
        from tasks t
        left join users u on u.user_id = t.closed_by
        where t.state in ('Done', 'Dropped')
        order by at, kind, id
        limit @most
        """;

    /// <summary>An order has a handful of entries; this bounds a broken one.</summary>
    public const int Most = 500;

    /// <param name="actor">Needs <see cref="Permission.ViewOrders"/> or <see cref="Permission.ViewLog"/>.</param>
    /// <param name="shop">The order's shop.</param>
    /// <param name="orderNo">Which order.</param>
    /// <param name="ct">Cancels the read.</param>
    public async Task<IReadOnlyList<StoryEntry>> RunAsync(Actor actor, ShopId shop, OrderNo orderNo, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewLog, shop))
            actor.Demand(Permission.ViewOrders, shop);
        await using var session = await db.BeginAsync(shop, ct);
        return await session.QueryAsync<StoryEntry>(Read, new { shop = shop.Value, orderNo = orderNo.Value, most = Most }, ct);
    }
}
