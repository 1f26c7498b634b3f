-- What a gate could know. Rows that may forbid a call name the transaction that wrote them, and a gate keeps the snapshot it saw, so that
-- `callback verify` can tell "known before the dial" from "at the same moment" without trusting any clock.
alter table order_events add column xact xid8 not null default pg_current_xact_id();
alter table suppressions add column xact xid8 not null default pg_current_xact_id();
