-- The queue is looked at again in the order of the last look, so many rows a tick.
create index queued_calls_planned on queued_calls (shop_id, planned_at, queued_call_id) where hold_id is null;

-- Grants that have run out without a call.
create index call_grants_expiring on call_grants (shop_id, expires_at) where closed_at is null;
