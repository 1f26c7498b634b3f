create table campaigns (
    shop_id text not null references shops,
    campaign_id uuid not null,
    code text not null,
    name text not null,
    purpose text not null check (purpose in ('PaymentReminder', 'DeliveryCallBack', 'DeliveryProblem', 'OutOfStock', 'RefundOrDispute', 'ResolutionCheck')),
    status text not null check (status in ('Draft', 'Running', 'Paused', 'Ended')),
    starts_on date,
    ends_on date,
    min_age interval not null,
    max_age interval not null,
    min_amount numeric(14, 2),
    max_amount numeric(14, 2),
    windows jsonb,
    daily_cap integer check (daily_cap > 0),
    order_by text not null check (order_by in ('Value', 'Oldest', 'Newest', 'Amount')),
    holdout_percent smallint not null default 0 check (holdout_percent between 0 and 50),
    max_data_age interval,
    hold_for interval not null check (hold_for between interval '30 seconds' and interval '30 minutes'),
    call_script text not null,
    script_version integer,
    line text not null check (line in ('manual', 'practice', 'twilio')),
    refill_from timestamptz,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (shop_id, campaign_id),
    unique (shop_id, code),
    check (min_age < max_age),
    check (min_amount is null or max_amount is null or min_amount <= max_amount),
    check (starts_on is null or ends_on is null or starts_on <= ends_on)
);

comment on column campaigns.code is 'the preset it was made from, or a name of its own';
comment on column campaigns.windows is 'per weekday, narrows the policy; null: as the policy says';
comment on column campaigns.refill_from is 'orders from this moment on are still to be offered to the planner; null: all of them were';
comment on column campaigns.max_data_age is 'null: 12 hours for orders from files, 15 minutes for orders from the API';

create table campaign_agents (
    shop_id text not null,
    campaign_id uuid not null,
    user_id uuid not null references users,
    primary key (shop_id, campaign_id, user_id),
    foreign key (shop_id, campaign_id) references campaigns
);

create table suppressions (
    shop_id text not null references shops,
    suppression_id uuid not null,
    scope text not null check (scope in ('Phone', 'Buyer', 'Order')),
    person_key bytea,
    order_no text,
    label text not null,
    purpose text,
    reason text not null,
    source text not null check (source in ('Customer', 'Agent', 'Scheduler', 'Import', 'Network', 'Api')),
    do_not_call boolean not null default false,
    actor_id uuid,
    actor_name text not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    lifted_at timestamptz,
    lifted_by text,
    primary key (shop_id, suppression_id),
    check ((scope = 'Order') = (order_no is not null)),
    check ((scope = 'Order') = (person_key is null)),
    check (not do_not_call or (expires_at is null and lifted_at is null and purpose is null))
);
comment on column suppressions.label is 'how it is shown: last four digits, buyer id or order number';
create index suppressions_by_person on suppressions (shop_id, person_key) where person_key is not null;
create index suppressions_by_order on suppressions (shop_id, order_no) where order_no is not null;
create index suppressions_newest on suppressions (shop_id, created_at desc, suppression_id desc);
create unique index suppressions_do_not_call on suppressions (shop_id, person_key) where do_not_call;

create function keep_do_not_call() returns trigger
language plpgsql as $$
begin
    if old.do_not_call then
        raise exception 'do-not-call is permanent' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger do_not_call_stays before update on suppressions for each row execute function keep_do_not_call();
call forbid_delete('suppressions');

-- What the planner still has to look at. due_at is the moment of the next look; a row leaves when planned or when nothing can make it callable.
create table candidates (
    shop_id text not null,
    purpose text not null,
    order_no text not null,
    due_at timestamptz not null,
    blocked_reason text,
    primary key (shop_id, purpose, order_no)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
create index candidates_due on candidates (shop_id, purpose, due_at, order_no);
create index candidates_blocked on candidates (shop_id, purpose, blocked_reason) where blocked_reason is not null;

call protect_by_shop('campaigns');
call protect_by_shop('campaign_agents');
call protect_by_shop('suppressions');
call protect_by_shop('candidates');
