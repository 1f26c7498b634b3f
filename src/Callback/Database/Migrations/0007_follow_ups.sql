-- The call-back record: one row a call that has a result, the latest revision, shaped for the log's filters.
create table follow_ups (
    shop_id text not null,
    at timestamptz not null,
    attempt_id uuid not null,
    revision integer not null,
    campaign_id uuid not null,
    purpose text not null,
    agent_id uuid not null,
    agent_name text not null,
    order_nos text[] not null,
    buyer_id text,
    buyer_name text,
    phone_hash bytea not null,
    phone_last4 text not null,
    products text not null,
    amount numeric(14, 2) not null,
    currency text not null,
    outcome text not null,
    reached boolean not null,
    reason_codes text[] not null,
    arrived text,
    product_satisfaction text,
    courier_satisfaction text,
    suggestion text,
    problem text,
    promised text,
    promised_at timestamptz,
    compensation text,
    note text not null,
    talk_seconds integer not null,
    recorded_at timestamptz not null,
    primary key (shop_id, at, attempt_id)
) partition by range (at);
create table follow_ups_default partition of follow_ups default;
comment on column follow_ups.at is 'when the call was gated; never changes, so revisions meet their row';
create index follow_ups_by_outcome on follow_ups (shop_id, outcome, at desc, attempt_id);
create index follow_ups_by_agent on follow_ups (shop_id, agent_id, at desc, attempt_id);
create index follow_ups_by_campaign on follow_ups (shop_id, campaign_id, at desc, attempt_id);
create index follow_ups_by_phone on follow_ups (shop_id, phone_hash, at desc);

create table follow_up_tasks (
    shop_id text not null,
    task_id uuid not null,
    attempt_id uuid not null,
    order_no text,
    kind text not null,
    note text not null,
    state text not null check (state in ('Open', 'Done', 'Dropped')),
    due_at timestamptz,
    owner_id uuid,
    created_by uuid not null,
    created_at timestamptz not null,
    closed_at timestamptz,
    closed_by uuid,
    primary key (shop_id, task_id),
    foreign key (shop_id, attempt_id) references attempts,
    check ((state = 'Open') = (closed_at is null))
);
create index follow_up_tasks_open on follow_up_tasks (shop_id, due_at, task_id) where state = 'Open';
create index follow_up_tasks_by_attempt on follow_up_tasks (shop_id, attempt_id);

call protect_by_shop('follow_ups');
call protect_by_shop('follow_up_tasks');

create table exports (
    shop_id text not null references shops,
    export_id uuid not null,
    export_no integer not null generated always as identity unique,
    actor_id uuid,
    actor_name text not null,
    reason text not null,
    filter jsonb not null,
    format text not null,
    row_count integer,
    sha256 bytea,
    at timestamptz not null,
    primary key (shop_id, export_id)
);
comment on column exports.export_no is 'the watermark that every exported row carries';
create index exports_newest on exports (shop_id, at desc, export_id);

call protect_by_shop('exports');
