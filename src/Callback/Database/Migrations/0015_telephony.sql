-- Lines that have a provider: what a shop set for them, whose phone is called first, the room in which calls meet, what the provider told, and recordings.

create table line_settings (
    shop_id text not null references shops,
    line text not null check (line <> ''),
    caller_id_cipher bytea,
    caller_id_last4 text,
    recording text not null default 'Off' check (recording in ('Off', 'WithNotice', 'Always')),
    machine_detection boolean not null default false,
    updated_at timestamptz not null,
    primary key (shop_id, line),
    check ((caller_id_cipher is null) = (caller_id_last4 is null))
);
comment on column line_settings.caller_id_cipher is 'the number customers see; null: the line cannot be used in this shop';
comment on column line_settings.recording is 'what the shop wants; the policy may forbid it or ask for the notice';

-- Where a person's own phone is: called first, and never an attempt. Written into every shop of the person.
create table agent_legs (
    shop_id text not null references shops,
    agent_id uuid not null references users (user_id),
    kind text not null check (kind in ('Softphone', 'Phone', 'Sip')),
    address_cipher bytea not null,
    last4 text not null,
    keep_open boolean not null default true,
    updated_at timestamptz not null,
    primary key (shop_id, agent_id)
);
comment on column agent_legs.last4 is 'how the address is shown: last digits of a number, the host of a SIP address, empty for the browser';

-- A room with the agent's phone in it. Customers are called into it one after the other.
create table bridges (
    shop_id text not null references shops,
    bridge_id uuid not null,
    agent_id uuid not null references users (user_id),
    line text not null,
    leg_kind text not null check (leg_kind in ('Softphone', 'Phone', 'Sip')),
    leg_last4 text not null,
    keep_open boolean not null,
    state text not null check (state in ('Calling', 'Ready', 'Gone')),
    leg_call_id text,
    conference_id text,
    attempt_shop_id text,
    attempt_id uuid,
    customer_held boolean not null default false,
    agent_muted boolean not null default false,
    recording_paused boolean not null default false,
    opened_at timestamptz not null,
    ready_at timestamptz,
    gone_at timestamptz,
    gone_reason text,
    asked_at timestamptz not null,
    primary key (shop_id, bridge_id),
    check (state <> 'Calling' or ready_at is null),
    check (state <> 'Ready' or ready_at is not null),
    check ((state = 'Gone') = (gone_at is not null) and (gone_at is null) = (gone_reason is null)),
    check ((attempt_id is null) = (attempt_shop_id is null))
) with (fillfactor = 80);
comment on column bridges.attempt_id is 'the newest call in the room, which may be another shop''s: one phone serves all shops of its agent';
comment on column bridges.asked_at is 'when the provider was last asked about the agent''s leg';
create unique index bridges_one_open_per_agent on bridges (shop_id, agent_id) where state <> 'Gone';
create unique index bridges_by_leg on bridges (shop_id, line, leg_call_id) where leg_call_id is not null;
create index bridges_open on bridges (asked_at) where state <> 'Gone';
create index bridges_newest on bridges (shop_id, agent_id, opened_at desc);

create function keep_bridge() returns trigger
language plpgsql as $$
begin
    if old.state = 'Gone' and new.state <> 'Gone' or old.state = 'Ready' and new.state = 'Calling' then
        raise exception 'a bridge does not go from % to %', old.state, new.state using errcode = 'check_violation';
    end if;
    if old.leg_call_id is not null and new.leg_call_id is distinct from old.leg_call_id then
        raise exception 'a bridge has one leg of its agent' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger bridge_kept before update on bridges for each row execute function keep_bridge();

-- Others in the room: a supervisor who listens, whispers, joins, or takes the call over.
create table bridge_guests (
    shop_id text not null,
    guest_id uuid not null,
    bridge_id uuid not null,
    attempt_id uuid not null,
    user_id uuid not null references users (user_id),
    mode text not null check (mode in ('Listen', 'Whisper', 'Join', 'Transfer')),
    state text not null check (state in ('Calling', 'In', 'Gone')),
    call_id text,
    invited_by uuid not null,
    invited_at timestamptz not null,
    gone_at timestamptz,
    gone_reason text,
    primary key (shop_id, guest_id),
    foreign key (shop_id, bridge_id) references bridges,
    check ((state = 'Gone') = (gone_at is not null) and (gone_at is null) = (gone_reason is null))
);
create unique index bridge_guests_one_each on bridge_guests (shop_id, bridge_id, user_id) where state <> 'Gone';
create index bridge_guests_open on bridge_guests (shop_id, bridge_id) where state <> 'Gone';

-- What the provider told, as it came, without any phone number: stored first, worked on after the answer.
create table line_inbox (
    shop_id text not null,
    line text not null,
    call_id text not null,
    event text not null,
    sequence integer not null,
    subject uuid not null,
    body jsonb not null,
    received_at timestamptz not null,
    processed_at timestamptz,
    attempt_id uuid,
    finding text,
    tries smallint not null default 0,
    primary key (shop_id, line, call_id, event, sequence)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
comment on column line_inbox.subject is 'the attempt, bridge or guest that the signed address named';
comment on column line_inbox.finding is 'what came of it where it was not taken in: Unknown, the call is none of ours; Broken, it could not be worked on';
create index line_inbox_waiting on line_inbox (received_at) where processed_at is null;
create index line_inbox_findings on line_inbox (shop_id, received_at) where finding is not null;
create index line_inbox_newest on line_inbox (shop_id, line, received_at desc);

-- What was refused at the door, counted by day: forged signatures and addresses, oversized bodies.
create table line_refusals (
    shop_id text not null,
    line text not null,
    on_day date not null,
    reason text not null,
    times bigint not null,
    last_at timestamptz not null,
    primary key (shop_id, line, on_day, reason)
);
comment on column line_refusals.shop_id is '-: nothing that such a request says of a shop is believed';

create table recordings (
    shop_id text not null,
    recording_id text not null,
    attempt_id uuid not null,
    line text not null,
    state text not null check (state in ('Running', 'Available', 'Absent', 'Deleted')),
    seconds integer,
    channels smallint,
    started_at timestamptz not null,
    expires_at timestamptz not null,
    deleted_at timestamptz,
    deleted_why text,
    primary key (shop_id, recording_id),
    foreign key (shop_id, attempt_id) references attempts,
    check ((state = 'Deleted') = (deleted_at is not null) and (deleted_at is null) = (deleted_why is null))
);
create index recordings_by_attempt on recordings (shop_id, attempt_id);
create index recordings_expiring on recordings (expires_at) where state in ('Running', 'Available');

alter table attempts
    add column bridge_shop_id text,
    add column bridge_id uuid,
    add column caller_cipher bytea,
    add column recorded boolean not null default false,
    add column answered_by text,
    add column duration_s integer check (duration_s >= 0),
    add column sip_code integer,
    add column price numeric(12, 5),
    add column price_unit text,
    add column asked_at timestamptz,
    add column priced_at timestamptz,
    add column abandoned boolean not null default false,
    add check ((bridge_id is null) = (bridge_shop_id is null));
comment on column attempts.caller_cipher is 'the number the customer saw: a lost call is recognised by it';
comment on column attempts.answered_by is 'what answering-machine detection thinks: a hint, never a decision';
comment on column attempts.asked_at is 'when a line that tells by itself was last asked all the same';
comment on column attempts.priced_at is 'when the provider was last asked for the price, which comes some time after the end';
comment on column attempts.abandoned is 'somebody answered and nobody was there to talk';
create index attempts_by_bridge on attempts (bridge_id, gated_at) where bridge_id is not null;
create index attempts_unpriced on attempts (ended_at) where bridge_id is not null and price is null and state = 'Ended';
create index attempts_abandoned on attempts (shop_id, gated_at) where abandoned;

call protect_by_shop('line_settings');
call protect_by_shop('agent_legs');
call protect_by_shop('bridges');
call protect_by_shop('bridge_guests');
call protect_by_shop('line_inbox');
call protect_by_shop('line_refusals');
call protect_by_shop('recordings');
call forbid_delete('bridges');
call forbid_delete('recordings');
