namespace Callback.Health;

/// <summary>The figures that are counted in rows: one statement, one row a figure, named as in <see cref="HealthPolicy"/>.</summary>
/// <remarks>
/// The parameters are <c>@now</c>, <c>@day</c> and <c>@week</c> before it, <c>@lost</c> (older is given up for lost), <c>@sparing</c> (the lines that are asked after a silence).
/// Each count reads a partial index of few rows, or one shop after the other by key: under row-level security a shop is found in no index by itself.
/// </remarks>
internal static class HealthSql
{
    public const string Figures = """
        with undecided as (
            select count(*) as attempts, min(gated_at) as oldest
            from attempts
            where state in ('Dialing', 'Unknown', 'Placed') and (state = 'Unknown' or state = 'Dialing' and gated_at < @lost)
        ), running as (
            select min(gated_at) as oldest, min(greatest(gated_at, ringing_at, answered_at, asked_at)) filter (where line = any(@sparing)) as silent
            from attempts
            where state in ('Dialing', 'Unknown', 'Placed') and state = 'Placed'
        ), spent as (
            select count(*) as attempts, count(*) filter (where gated_at >= @day) as today
            from attempts
            where state = 'Spent' and gated_at >= @week
        ), made as (
            select coalesce(sum(a.attempts), 0) as attempts
            from shops s
            cross join lateral (
                select count(*) as attempts
                from attempts
                where shop_id = s.shop_id and gated_at >= @week) a
        ), grants as (
            select
                count(distinct parent_attempt_id) filter (where kind = 'Technical') as technical,
                count(distinct parent_attempt_id) filter (where kind = 'Released' and approved_at >= @week) as released,
                count(distinct parent_attempt_id) filter (where kind = 'Released' and approved_at is null and closed_at is null and expires_at > @now) as waiting,
                min(created_at) filter (where kind = 'Released' and approved_at is null and closed_at is null and expires_at > @now) as oldest
            from call_grants
            where kind in ('Technical', 'Released') and created_at >= @week
        ), wrap_ups as (
            select count(*) as calls, min(wrap_up_at) as oldest
            from attempts
            where wrap_up in ('Open', 'Later', 'Abandoned')
        ), events as (
            select count(*) as waiting, min(received_at) as oldest
            from line_inbox
            where processed_at is null
        ), findings as (
            select count(distinct (line, call_id)) filter (where finding = 'Unknown') as unknown, count(*) filter (where finding = 'Broken') as broken
            from line_inbox
            where finding is not null and received_at >= @day
        ), refusals as (
            select coalesce(sum(times), 0) as times
            from line_refusals
            where last_at >= @day
        ), answered as (
            select sum(a.abandoned)::double precision / nullif(sum(a.answered), 0) as share
            from shops s
            cross join lateral (
                select count(*) filter (where abandoned) as abandoned, count(answered_at) as answered
                from attempts
                where shop_id = s.shop_id and gated_at >= @day and bridge_id is not null) a
        ), due as (
            select coalesce(sum(d.orders), 0) as orders, min(d.oldest) as oldest
            from (select distinct shop_id, purpose from campaigns where status = 'Running') c
            cross join lateral (
                select count(*) as orders, min(due_at) as oldest
                from candidates
                where shop_id = c.shop_id and purpose = c.purpose and due_at <= @now) d
        ), held as (
            select count(*) as calls, min(held_until) filter (where held_until <= @now) as overdue
            from queued_calls
            where hold_id is not null
        ), passes as (
            select
                count(*) filter (where done_at < @now - 3 * every - interval '1 minute') as late,
                count(*) filter (where failed_at is not null) as failing,
                max(done_at) filter (where name = 'plan') as planned
            from pass_rounds
        ), database as (
            select
                pg_database_size(current_database()) as size,
                (select count(*) from pg_stat_activity where backend_type = 'client backend')::double precision / current_setting('max_connections')::integer as connections
        )
        select f.name, f.value
        from undecided, running, spent, made, grants, wrap_ups, events, findings, refusals, answered, due, held, passes, database,
            (select min(at) as oldest from outbox where sent_at is null) as outbox,
            (select min(next_at) as oldest from deliveries where next_at <= @now) as deliveries,
            (select count(*) as times from deliveries where given_up_at >= @week) as given_up,
            lateral (values
                ('attempts.undecided', undecided.attempts::double precision),
                ('attempts.undecided.age', seconds_to(@now, undecided.oldest)),
                ('attempts.spent.day', spent.today),
                ('attempts.spent.week', spent.attempts),
                ('attempts.spent.share', spent.attempts::double precision / nullif(made.attempts, 0)),
                ('releases.waiting', grants.waiting),
                ('releases.waiting.age', seconds_to(@now, grants.oldest)),
                ('releases.given.week', grants.released),
                ('attempts.technical.week', grants.technical),
                ('attempts.technical.share', grants.technical::double precision / nullif(made.attempts, 0)),
                ('wrap_ups.open', wrap_ups.calls),
                ('wrap_ups.oldest.age', seconds_to(@now, wrap_ups.oldest)),
                ('calls.running.age', seconds_to(@now, running.oldest)),
                ('calls.unasked.age', seconds_to(@now, running.silent)),
                ('events.waiting', events.waiting),
                ('events.waiting.age', seconds_to(@now, events.oldest)),
                ('events.unknown', findings.unknown),
                ('events.broken', findings.broken),
                ('events.refused', refusals.times),
                ('calls.abandoned.share', answered.share),
                ('planner.age', seconds_to(@now, passes.planned)),
                ('planner.due', due.orders),
                ('planner.due.age', seconds_to(@now, due.oldest)),
                ('queue.held', held.calls),
                ('queue.overdue.age', seconds_to(@now, held.overdue)),
                ('passes.late', passes.late),
                ('passes.failing', passes.failing),
                ('outbox.waiting.age', seconds_to(@now, outbox.oldest)),
                ('deliveries.due.age', seconds_to(@now, deliveries.oldest)),
                ('deliveries.given_up.week', given_up.times),
                ('database.size', database.size),
                ('database.connections.share', database.connections)) as f (name, value)
        """;
}
