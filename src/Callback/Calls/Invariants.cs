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
            $"""
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
            where not {PurposePolicy.FitsSql("a.purpose", "(o ->> 'status')")}
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
        .. InvariantsAfterTheCall.All,
        .. InvariantsOfLines.All,
    ];
}
