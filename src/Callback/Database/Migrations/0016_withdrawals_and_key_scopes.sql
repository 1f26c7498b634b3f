-- Reports that somebody took back: a telling of that moment, or of an earlier one, is no report any more, however often an import repeats it.
alter table orders
    add column delivery_problem_withdrawn_to timestamptz,
    add column out_of_stock_withdrawn_to timestamptz,
    add column refund_requested_withdrawn_to timestamptz,
    add column complaint_closed_withdrawn_to timestamptz,
    add check (delivery_problem_at > delivery_problem_withdrawn_to),
    add check (out_of_stock_at > out_of_stock_withdrawn_to),
    add check (refund_requested_at > refund_requested_withdrawn_to),
    add check (complaint_closed_at > complaint_closed_withdrawn_to);

-- Keys for programs that write call scripts, and for those that see to everybody's tasks.
alter table api_keys
    drop constraint api_keys_scopes_check,
    add constraint api_keys_scopes_check
        check (cardinality(scopes) > 0 and scopes <@ array['Orders', 'Desk', 'Log', 'Campaigns', 'Suppressions', 'Scripts', 'Tasks']);
