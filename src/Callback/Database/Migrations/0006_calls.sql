-- The attempt protocol. Safety rests on the primary and unique keys of this file and on the edge trigger; everything else is traffic control.

create table queued_calls (
    shop_id text not null,
    queued_call_id uuid not null,
    campaign_id uuid not null,
    purpose text not null,
    kind text not null check (kind in ('First', 'Promised', 'Repair', 'Technical', 'Released')),
    phone_hash bytea not null,
    zone_key text not null,
    priority double precision not null,
    why jsonb not null,
    due_at timestamptz not null,
    planned_at timestamptz not null,
    fresh_until timestamptz not null,
    fence bigint not null default 0,
    hold_id uuid,
    held_by uuid,
    held_at timestamptz,
    held_until timestamptz,
    skips integer not null default 0,
    primary key (shop_id, queued_call_id),
    unique (shop_id, purpose, phone_hash),
    foreign key (shop_id, campaign_id) references campaigns,
    check ((hold_id is null) = (held_by is null) and (held_by is null) = (held_until is null) and (held_by is null) = (held_at is null))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
comment on column queued_calls.zone_key is 'the called party''s zones, sorted and joined by |; the call must be allowed in all of them';
comment on column queued_calls.why is 'the figures behind the priority, for the Queue screen and the card';
create index queued_calls_head on queued_calls (shop_id, campaign_id, zone_key, priority desc, due_at, queued_call_id) where hold_id is null;
create index queued_calls_overdue on queued_calls (shop_id, held_until) where hold_id is not null;
create index queued_calls_stale on queued_calls (shop_id, fresh_until) where hold_id is null;
create unique index queued_calls_one_hold_per_agent on queued_calls (shop_id, held_by) where held_by is not null;

create table queued_call_orders (
    shop_id text not null,
    purpose text not null,
    order_no text not null,
    grant_no smallint not null,
    queued_call_id uuid not null,
    primary key (shop_id, purpose, order_no),
    foreign key (shop_id, queued_call_id) references queued_calls on delete cascade
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
create index queued_call_orders_by_call on queued_call_orders (shop_id, queued_call_id);

-- Why a queued call left the queue; every one that is gone has its row here.
create table queue_exits (
    shop_id text not null,
    queued_call_id uuid not null,
    purpose text not null,
    campaign_id uuid not null,
    order_nos text[] not null,
    reason text not null,
    actor_id uuid,
    at timestamptz not null,
    primary key (shop_id, queued_call_id)
);
create index queue_exits_newest on queue_exits (shop_id, at desc);

-- The same by order, for its story; an array's own index is closed to row-level security. A dialed call is told by its attempt.
create table queue_exit_orders (
    shop_id text not null,
    order_no text not null,
    at timestamptz not null,
    queued_call_id uuid not null,
    primary key (shop_id, order_no, at, queued_call_id)
);

create function keep_exit_orders() returns trigger
language plpgsql as $$
begin
    insert into queue_exit_orders
    select new.shop_id, order_no, new.at, new.queued_call_id
    from unnest(new.order_nos) as order_no;
    return null;
end $$;
create trigger exit_of_orders after insert on queue_exits for each row when (new.reason <> 'Dialed') execute function keep_exit_orders();

create table skips (
    shop_id text not null,
    skip_id uuid not null,
    queued_call_id uuid not null,
    agent_id uuid not null,
    reason text not null,
    at timestamptz not null,
    primary key (shop_id, skip_id)
);
create index skips_by_agent on skips (shop_id, agent_id, at);

create table attempts (
    shop_id text not null,
    attempt_id uuid not null,
    campaign_id uuid not null,
    purpose text not null,
    kind text not null,
    agent_id uuid not null,
    hold_id uuid not null,
    fence bigint not null,
    line text not null,
    phone_hash bytea not null,
    phone_cipher bytea not null,
    phone_last4 text not null,
    zone_key text not null,
    gated_at timestamptz not null,
    window_closes_at timestamptz not null,
    gate_facts jsonb not null,
    call_script text not null,
    script_version integer not null,
    state text not null check (state in ('Dialing', 'Unknown', 'Placed', 'Ended', 'NotPlaced', 'Spent')),
    call_state text not null default 'None' check (call_state in
        ('None', 'Queued', 'Initiated', 'Ringing', 'Answered', 'Completed', 'NoAnswer', 'Busy', 'Declined', 'Failed', 'Canceled')),
    provider_call_id text,
    refusal text,
    placed_at timestamptz,
    ringing_at timestamptz,
    answered_at timestamptz,
    ended_at timestamptz,
    settled_at timestamptz,
    reconciled_at timestamptz,
    empty_lists smallint not null default 0,
    wrap_up text not null default 'None' check (wrap_up in ('None', 'Open', 'Later', 'Abandoned', 'Done')),
    wrap_up_at timestamptz,
    primary key (shop_id, attempt_id),
    foreign key (shop_id, campaign_id) references campaigns,
    check (state <> 'Ended' or ended_at is not null),
    check (state not in ('NotPlaced', 'Spent', 'Ended') or settled_at is not null),
    check (state not in ('NotPlaced', 'Spent') or provider_call_id is null)
) with (fillfactor = 80);
comment on column attempts.gate_facts is 'what the gate knew: order statuses and as-of times, window, policy, caps; replayed by callback verify';
create unique index attempts_one_live_call_per_number on attempts (shop_id, phone_hash) where state in ('Dialing', 'Unknown', 'Placed');
create unique index attempts_by_hold on attempts (shop_id, hold_id);
create unique index attempts_by_provider_call on attempts (shop_id, line, provider_call_id) where provider_call_id is not null;
create index attempts_undecided on attempts (shop_id, gated_at) where state in ('Dialing', 'Unknown', 'Placed');
create index attempts_open_wrap_up on attempts (shop_id, agent_id, wrap_up_at) where wrap_up in ('Open', 'Later', 'Abandoned');
create index attempts_newest on attempts (shop_id, gated_at desc, attempt_id);
create index attempts_by_campaign_day on attempts (shop_id, campaign_id, gated_at);

create table attempt_edges (
    from_state text not null,
    to_state text not null,
    primary key (from_state, to_state)
);
insert into attempt_edges values
    ('Dialing', 'Placed'), ('Dialing', 'Unknown'), ('Dialing', 'NotPlaced'), ('Dialing', 'Ended'),
    ('Unknown', 'Placed'), ('Unknown', 'Ended'), ('Unknown', 'NotPlaced'), ('Unknown', 'Spent'),
    ('Placed', 'Ended'),
    ('Spent', 'Placed'), ('Spent', 'Ended');

create function keep_attempt() returns trigger
language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'Dialing' then
            raise exception 'an attempt begins as Dialing, not as %', new.state using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if (old.shop_id, old.attempt_id, old.campaign_id, old.purpose, old.kind, old.agent_id, old.hold_id, old.fence, old.line, old.phone_hash,
        old.zone_key, old.gated_at, old.window_closes_at, old.gate_facts)
        is distinct from
       (new.shop_id, new.attempt_id, new.campaign_id, new.purpose, new.kind, new.agent_id, new.hold_id, new.fence, new.line, new.phone_hash,
        new.zone_key, new.gated_at, new.window_closes_at, new.gate_facts) then
        raise exception 'the identity of an attempt never changes' using errcode = 'restrict_violation';
    end if;
    if old.provider_call_id is not null and new.provider_call_id is distinct from old.provider_call_id then
        raise exception 'an attempt is one call of the provider' using errcode = 'restrict_violation';
    end if;
    if old.state <> new.state and not exists (select from attempt_edges e where e.from_state = old.state and e.to_state = new.state) then
        raise exception 'an attempt does not go from % to %', old.state, new.state using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger attempt_kept before insert or update on attempts for each row execute function keep_attempt();
call forbid_delete('attempts');

create table attempt_rights (
    shop_id text not null,
    purpose text not null,
    order_no text not null,
    grant_no smallint not null,
    attempt_id uuid not null,
    primary key (shop_id, purpose, order_no, grant_no),
    foreign key (shop_id, attempt_id) references attempts
);
create index attempt_rights_by_attempt on attempt_rights (shop_id, attempt_id);
create index attempt_rights_by_order on attempt_rights (shop_id, order_no);

-- Every person key an attempt reached out to: the caps per person count here.
create table attempt_persons (
    shop_id text not null,
    person_key bytea not null,
    gated_at timestamptz not null,
    attempt_id uuid not null,
    primary key (shop_id, person_key, gated_at, attempt_id),
    foreign key (shop_id, attempt_id) references attempts
);

create table call_grants (
    shop_id text not null,
    purpose text not null,
    order_no text not null,
    grant_no smallint not null check (grant_no between 1 and 4),
    kind text not null check (kind in ('Promised', 'Repair', 'Technical', 'Released', 'Adopted')),
    parent_attempt_id uuid not null,
    not_before timestamptz not null,
    expires_at timestamptz not null,
    promised_local timestamp,
    promised_zone text,
    evidence jsonb not null,
    created_by uuid,
    created_at timestamptz not null,
    approved_by uuid,
    approved_at timestamptz,
    closed_at timestamptz,
    close_reason text,
    primary key (shop_id, purpose, order_no, grant_no),
    unique (shop_id, purpose, order_no, parent_attempt_id),
    foreign key (shop_id, parent_attempt_id) references attempts,
    check (not_before < expires_at),
    check ((kind = 'Promised') = (promised_local is not null) and (promised_local is null) = (promised_zone is null)),
    check ((approved_by is null) = (approved_at is null)),
    check (kind <> 'Released' or created_by is not null and approved_by is distinct from created_by)
);
comment on table call_grants is 'a further right; one attempt begets at most one per order. Released counts only once approved_by is set, by another person';
create index call_grants_open on call_grants (shop_id, not_before) where closed_at is null;

-- A right beyond the first needs its grant, open at that moment: said by the database, not only by the code.
create function keep_right() returns trigger
language plpgsql as $$
declare
    given call_grants;
begin
    if new.grant_no = 0 then
        return new;
    end if;
    select * into given from call_grants g
    where g.shop_id = new.shop_id and g.purpose = new.purpose and g.order_no = new.order_no and g.grant_no = new.grant_no
    for share;
    if given is null or given.closed_at is not null or (given.kind = 'Released' and given.approved_by is null) then
        raise exception 'no open grant % for order % and purpose %', new.grant_no, new.order_no, new.purpose using errcode = 'foreign_key_violation';
    end if;
    return new;
end $$;
create trigger right_has_grant before insert on attempt_rights for each row execute function keep_right();
create trigger right_stays before update on attempt_rights for each row execute function refuse_delete();
call forbid_delete('attempt_rights');
call forbid_delete('call_grants');

create table line_events (
    shop_id text not null,
    line text not null,
    call_id text not null,
    sequence integer not null,
    kind text not null,
    month date not null,
    attempt_id uuid,
    at timestamptz not null,
    received_at timestamptz not null,
    details jsonb not null,
    primary key (shop_id, line, call_id, sequence, kind, month)
) partition by range (month);
create table line_events_default partition of line_events default;
comment on column line_events.month is 'first day of the month in which the call was gated, so that a repeated event meets its first';

create table drafts (
    shop_id text not null,
    hold_id uuid not null,
    content jsonb not null,
    saved_at timestamptz not null,
    primary key (shop_id, hold_id)
);
comment on table drafts is 'what the agent typed and ticked on a card, from the hold to the result; one per hold, last writer wins';

create table submissions (
    shop_id text not null,
    submission_id uuid not null,
    attempt_id uuid not null,
    revision integer not null,
    at timestamptz not null,
    primary key (shop_id, submission_id)
);

create table results (
    shop_id text not null,
    attempt_id uuid not null,
    revision integer not null check (revision > 0),
    outcome text not null,
    reason_codes text[] not null,
    answers jsonb not null,
    checklist jsonb not null,
    note text not null,
    promised_local timestamp,
    promised_zone text,
    promised_at timestamptz,
    do_not_call boolean not null,
    compensation jsonb not null default '[]',
    tasks jsonb not null default '[]',
    draft jsonb not null default '{}',
    actor_id uuid not null,
    at timestamptz not null,
    primary key (shop_id, attempt_id, revision),
    foreign key (shop_id, attempt_id) references attempts
);
comment on column results.draft is 'the card as it was submitted, for the page that shows or corrects it';
create trigger result_stays before update on results for each row execute function refuse_delete();
call forbid_delete('results');

create table outbox (
    shop_id text not null,
    event_id uuid not null,
    kind text not null,
    payload jsonb not null,
    at timestamptz not null,
    sent_at timestamptz,
    tries integer not null default 0,
    primary key (shop_id, event_id)
);
create index outbox_waiting on outbox (at) where sent_at is null;

create table agent_states (
    shop_id text not null,
    user_id uuid not null,
    state text not null check (state in ('Ready', 'Paused', 'Away')),
    pause_reason text,
    campaign_ids uuid[] not null,
    since timestamptz not null,
    seen_at timestamptz not null,
    primary key (shop_id, user_id),
    check ((state = 'Paused') = (pause_reason is not null))
);

call protect_by_shop('queued_calls');
call protect_by_shop('queued_call_orders');
call protect_by_shop('queue_exits');
call protect_by_shop('queue_exit_orders');
call protect_by_shop('skips');
call protect_by_shop('attempts');
call protect_by_shop('attempt_rights');
call protect_by_shop('attempt_persons');
call protect_by_shop('call_grants');
call protect_by_shop('line_events');
call protect_by_shop('drafts');
call protect_by_shop('submissions');
call protect_by_shop('results');
call protect_by_shop('outbox');
call protect_by_shop('agent_states');
