namespace Callback.Calls;

/// <param name="Over">The table whose rows are looked at.</param>
/// <param name="Sql">Selects shop, subject, detail of every violation; @now is the present.</param>
internal sealed record Invariant(string Code, string Holds, string Over, string Sql);

/// <summary>What has to hold, each as the statement that finds where it does not.</summary>
internal static class Invariants
{
    public static IReadOnlyList<Invariant> All { get; } =
    [
        new("one-attempt-per-right", "Nobody was called twice by one right.", "attempt_rights",
            """
            select shop_id, 'order:' || order_no, purpose || ': right ' || grant_no || ' was spent ' || count(*) || ' times'
            from attempt_rights
            group by shop_id, purpose, order_no, grant_no
            having count(*) > 1
            """),
        new("further-calls-have-grants", "Every call after the first has its grant: given before, in force, and a release approved by another person.", "attempt_rights",
            """
            select r.shop_id, 'attempt:' || r.attempt_id,
                r.purpose || ' ' || r.order_no || ': ' || case
                    when g.shop_id is null then 'no grant ' || r.grant_no
                    when g.parent_attempt_id = r.attempt_id then 'the grant comes from this very attempt'
                    when g.kind = 'Released' and (g.approved_by is null or g.approved_by = g.created_by) then 'the release was not approved by another person'
                    when a.gated_at >= g.expires_at then 'the grant had run out'
                    else 'the grant was not due' end
            from attempt_rights r
            join attempts a on a.shop_id = r.shop_id and a.attempt_id = r.attempt_id
            left join call_grants g
                on g.shop_id = r.shop_id and g.purpose = r.purpose and g.order_no = r.order_no and g.grant_no = r.grant_no
            where r.grant_no > 0
                and (g.shop_id is null
                    or g.parent_attempt_id = r.attempt_id
                    or g.kind = 'Released' and (g.approved_by is null or g.approved_by = g.created_by)
                    or a.gated_at >= g.expires_at
                    or a.gated_at < g.not_before)
            """),
        new("no-attempt-without-rights", "Every attempt spent a right for each of its orders.", "attempts",
            """
            select a.shop_id, 'attempt:' || a.attempt_id, 'no right stands for it'
            from attempts a
            where not exists (select from attempt_rights r where r.shop_id = a.shop_id and r.attempt_id = a.attempt_id)
            """),
        new("one-live-call-per-number", "No number is in two calls at once.", "attempts",
            """
            select shop_id, 'attempt:' || min(attempt_id::text), count(*) || ' calls of one number are live or undecided'
            from attempts
            where state in ('Dialing', 'Unknown', 'Placed')
            group by shop_id, phone_hash
            having count(*) > 1
            """),
        new("inside-the-window", "No gate opened after the last start of its window.", "attempts",
            """
            select shop_id, 'attempt:' || attempt_id, 'gated at ' || gated_at || ', last start ' || window_closes_at
            from attempts
            where gated_at > window_closes_at
            """),
        new("not-after-payment", "No gate opened for an order that was paid or closed, as far as the database knew at that moment.", "attempts",
            """
            select a.shop_id, 'attempt:' || a.attempt_id, r.order_no || ' had become ' || (e.details ->> 'to')
            from attempts a
            join attempt_rights r on r.shop_id = a.shop_id and r.attempt_id = a.attempt_id
            join order_events e on e.shop_id = r.shop_id and e.order_no = r.order_no
            where a.purpose = 'PaymentReminder'
                and e.kind = 'StatusChanged'
                and e.details ->> 'to' <> 'Unpaid'
                and pg_visible_in_snapshot(e.xact, (a.gate_facts ->> 'snapshot')::pg_snapshot)
            union all
            select a.shop_id, 'attempt:' || a.attempt_id, (o ->> 'no') || ' was ' || (o ->> 'status')
            from attempts a
            cross join jsonb_array_elements(a.gate_facts -> 'orders') o
            where a.purpose = 'PaymentReminder' and o ->> 'status' <> 'Unpaid'
                or a.purpose = 'DeliveryCallBack' and o ->> 'status' <> 'Delivered'
            """),
        new("not-after-opt-out", "No gate opened for a person or order that was suppressed, as far as the database knew at that moment.", "attempts",
            """
            select a.shop_id, 'attempt:' || a.attempt_id, 'suppression ' || s.suppression_id || ' (' || s.reason || ') stood'
            from attempts a
            join attempt_persons p on p.shop_id = a.shop_id and p.gated_at = a.gated_at and p.attempt_id = a.attempt_id
            join suppressions s on s.shop_id = p.shop_id and s.person_key = p.person_key
            where (s.purpose is null or s.purpose = a.purpose)
                and (s.lifted_at is null or s.lifted_at > a.gated_at)
                and (s.expires_at is null or s.expires_at > a.gated_at)
                and pg_visible_in_snapshot(s.xact, (a.gate_facts ->> 'snapshot')::pg_snapshot)
            union all
            select a.shop_id, 'attempt:' || a.attempt_id, 'suppression ' || s.suppression_id || ' (' || s.reason || ') stood'
            from attempts a
            join attempt_rights r on r.shop_id = a.shop_id and r.attempt_id = a.attempt_id
            join suppressions s on s.shop_id = r.shop_id and s.order_no = r.order_no
            where (s.purpose is null or s.purpose = a.purpose)
                and (s.lifted_at is null or s.lifted_at > a.gated_at)
                and (s.expires_at is null or s.expires_at > a.gated_at)
                and pg_visible_in_snapshot(s.xact, (a.gate_facts ->> 'snapshot')::pg_snapshot)
            """),
        new("ended-calls-have-results", "Every call that ended has a result or an open wrap-up.", "attempts",
            """
            select a.shop_id, 'attempt:' || a.attempt_id, 'ended, wrap-up ' || a.wrap_up || ', no result'
            from attempts a
            where a.state = 'Ended'
                and (a.wrap_up = 'None'
                    or a.wrap_up = 'Done' and not exists (select from results r where r.shop_id = a.shop_id and r.attempt_id = a.attempt_id))
            """),
        new("calls-come-to-an-end", "No call has been going on for a day.", "attempts",
            """
            select shop_id, 'attempt:' || attempt_id, state || ' since ' || gated_at
            from attempts
            where state in ('Dialing', 'Unknown', 'Placed') and gated_at < @now - interval '1 day'
            """),
        new("unrung-is-unrung", "What counts as not placed or spent has no call of the line.", "attempts",
            """
            select a.shop_id, 'attempt:' || a.attempt_id, a.state || ', but the line told of a call'
            from attempts a
            where a.state in ('NotPlaced', 'Spent')
                and (a.provider_call_id is not null
                    or exists (
                        select
                        from line_events e
                        where e.shop_id = a.shop_id and e.attempt_id = a.attempt_id))
            """),
        new("submissions-are-kept", "Every saving that was acknowledged is on record, and the log shows the latest.", "submissions",
            """
            select s.shop_id, 'attempt:' || s.attempt_id, 'revision ' || s.revision || ' of submission ' || s.submission_id || ' is missing'
            from submissions s
            where not exists (
                select
                from results r
                where r.shop_id = s.shop_id and r.attempt_id = s.attempt_id and r.revision = s.revision)
            union all
            select r.shop_id, 'attempt:' || r.attempt_id, 'the log does not show revision ' || max(r.revision)
            from results r
            join attempts a on a.shop_id = r.shop_id and a.attempt_id = r.attempt_id
            left join follow_ups f on f.shop_id = a.shop_id and f.at = a.gated_at and f.attempt_id = a.attempt_id
            group by r.shop_id, r.attempt_id
            having max(r.revision) is distinct from max(f.revision)
            """),
        new("do-not-call-stands", "Who asked not to be called stands on the list.", "results",
            """
            select r.shop_id, 'attempt:' || r.attempt_id, 'do-not-call was recorded and is not on the list'
            from results r
            join attempts a on a.shop_id = r.shop_id and a.attempt_id = r.attempt_id
            where r.do_not_call
                and not exists (
                    select
                    from suppressions s
                    where s.shop_id = a.shop_id and s.person_key = a.phone_hash and s.do_not_call and s.lifted_at is null and s.expires_at is null)
            """),
        new("grants-are-single", "One attempt begets at most one further call for each order, at most four in all.", "call_grants",
            """
            select shop_id, 'order:' || order_no, purpose || ': attempt ' || parent_attempt_id || ' begot ' || count(*) || ' grants'
            from call_grants
            group by shop_id, purpose, order_no, parent_attempt_id
            having count(*) > 1
            union all
            select shop_id, 'order:' || order_no, purpose || ': ' || count(*) || ' grants'
            from call_grants
            group by shop_id, purpose, order_no
            having count(*) > 4
            """),
        new("queue-exits-have-reasons", "No queued call went without its reason, and every dial came from the queue.", "queue_exits",
            """
            select shop_id, 'queued-call:' || queued_call_id, 'left the queue without a reason'
            from queue_exits
            where reason = ''
            union all
            select a.shop_id, 'attempt:' || a.attempt_id, 'its queued call did not leave the queue as dialed'
            from attempts a
            where not exists (
                select
                from queue_exits x
                where x.shop_id = a.shop_id and x.queued_call_id = (a.gate_facts ->> 'queuedCall')::uuid and x.reason = 'Dialed')
            """),
        new("practice-stays-practice", "Practice shops use the practice line and no other shop does.", "attempts",
            """
            select a.shop_id, 'attempt:' || a.attempt_id, 'line ' || a.line
            from attempts a
            join shops s on s.shop_id = a.shop_id
            where s.practice <> (a.line = 'practice')
            """),
        new("events-are-told-once", "No event for the outside is told twice under two names.", "outbox",
            """
            select shop_id, 'attempt:' || (payload ->> 'attemptId'), kind || ' stands ' || count(*) || ' times'
            from outbox
            where kind in ('call.ended', 'result.recorded')
            group by shop_id, kind, payload ->> 'attemptId', payload ->> 'revision'
            having count(*) > 1
            """),
    ];
}
