-- What a task gives, on what ground, who agreed to it, and when it is due soon.
alter table follow_up_tasks
    drop constraint follow_up_tasks_state_check,
    drop constraint follow_up_tasks_check,
    alter column due_at set not null,
    add column promise text,
    add column amount numeric(14, 2) check (amount >= 0),
    add column currency text,
    add column basis jsonb,
    add column decided_by uuid,
    add column decided_at timestamptz,
    add column decision text,
    add column closing_note text not null default '',
    add column due_soon_at timestamptz,
    add check (state in ('Waiting', 'Open', 'Done', 'Dropped', 'Declined')),
    add check ((state in ('Waiting', 'Open')) = (closed_at is null)),
    add check ((decided_by is null) = (decided_at is null)),
    add check ((decided_by is null) = (decision is null)),
    add check (amount is null or currency is not null),
    add check (decided_by is null or decided_by <> created_by),
    add check (state <> 'Declined' or decided_by is not null);
comment on column follow_up_tasks.state is 'Waiting: above somebody''s limit, nothing is done before another person agrees';
comment on column follow_up_tasks.basis is 'why it is owed: code, parts and the dates that counted';
comment on column follow_up_tasks.decision is 'the reason given with the yes or no';
comment on column follow_up_tasks.due_soon_at is 'when it was told to be due within a quarter of an hour, once';

drop index follow_up_tasks_open;
create index follow_up_tasks_to_do on follow_up_tasks (shop_id, due_at, task_id) where closed_at is null;
create index follow_up_tasks_waiting on follow_up_tasks (shop_id, created_at, task_id) where state = 'Waiting';
create index follow_up_tasks_closed on follow_up_tasks (shop_id, closed_at desc, task_id desc) where closed_at is not null;
create index follow_up_tasks_by_order on follow_up_tasks (shop_id, order_no) where order_no is not null;
create index follow_up_tasks_not_told on follow_up_tasks (due_at) where state = 'Open' and due_soon_at is null;

-- What went wrong with couriers, one row a call, order and cause; a later revision of the result takes its place.
create table courier_cases (
    shop_id text not null references shops,
    at timestamptz not null,
    attempt_id uuid not null,
    order_no text not null,
    cause text not null,
    courier text not null,
    tracking_no text,
    note text not null,
    agent_id uuid not null,
    primary key (shop_id, attempt_id, order_no, cause),
    foreign key (shop_id, attempt_id) references attempts
);
comment on column courier_cases.courier is 'as the platform names it; empty where it does not';
comment on column courier_cases.cause is 'a reason code, or the kind of the task where no reason was given';
create index courier_cases_newest on courier_cases (shop_id, at desc, attempt_id, order_no, cause);

-- What was wrong with goods: one row a call, order, product and cause.
create table product_problems (
    shop_id text not null references shops,
    at timestamptz not null,
    attempt_id uuid not null,
    order_no text not null,
    cause text not null,
    product text not null,
    sku text,
    certain boolean not null,
    note text not null,
    agent_id uuid not null,
    primary key (shop_id, attempt_id, order_no, cause, product),
    foreign key (shop_id, attempt_id) references attempts
);
comment on column product_problems.certain is 'false: the order has several products, and the talk does not say which one is meant';
create index product_problems_newest on product_problems (shop_id, at desc, attempt_id, order_no, cause, product);

call protect_by_shop('courier_cases');
call protect_by_shop('product_problems');
