namespace Callback.Calls;

/// <summary>What has to hold once a call was made: its end, its result, and what follows from it.</summary>
internal static class InvariantsAfterTheCall
{
    public static IReadOnlyList<Invariant> All { get; } =
    [
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
        new("practice-stays-practice", "Practice shops use the practice line and nothing else, and no other shop does.", "attempts",
            """
            select a.shop_id, 'attempt:' || a.attempt_id, 'line ' || a.line
            from attempts a
            join shops s on s.shop_id = a.shop_id
            where s.practice <> (a.line = 'practice')
            union all
            select a.shop_id, 'attempt:' || a.attempt_id, 'the line''s own id is ' || a.provider_call_id
            from attempts a
            join shops s on s.shop_id = a.shop_id
            where a.provider_call_id is not null and s.practice <> (a.provider_call_id like 'practice-%')
            union all
            select e.shop_id, 'call:' || e.call_id, 'the line ' || e.line || ' told of it'
            from line_events e
            join shops s on s.shop_id = e.shop_id
            where s.practice <> (e.line = 'practice')
            union all
            select p.shop_id, 'order:' || p.order_no, 'an invented customer in a shop of real ones'
            from practice_calls p
            join shops s on s.shop_id = p.shop_id
            where not s.practice
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
