-- Programs of a shop that are told what happened, and what is on its way to them.

create table receivers (
    shop_id text not null,
    receiver_id uuid not null,
    name text not null,
    url text not null,
    kinds text[] not null,
    secret_cipher bytea not null,
    created_by text not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    primary key (shop_id, receiver_id)
);
comment on column receivers.kinds is 'which events it is told; none named: all';

create table deliveries (
    shop_id text not null,
    event_id uuid not null,
    receiver_id uuid not null,
    tries smallint not null default 0,
    next_at timestamptz,
    delivered_at timestamptz,
    given_up_at timestamptz,
    answer text,
    primary key (shop_id, event_id, receiver_id),
    foreign key (shop_id, event_id) references outbox on delete cascade,
    foreign key (shop_id, receiver_id) references receivers,
    check (num_nonnulls(next_at, delivered_at, given_up_at) = 1)
) with (fillfactor = 80);
comment on column deliveries.answer is 'what the last try met: a status, or in one word why there was none';
create index deliveries_due on deliveries (next_at) where next_at is not null;
create index deliveries_newest on deliveries (shop_id, receiver_id, event_id desc);
create index outbox_old on outbox (at) where sent_at is not null;

call protect_by_shop('receivers');
call protect_by_shop('deliveries');
