create table imports (
    shop_id text not null references shops,
    import_id uuid not null,
    source text not null check (source in ('File', 'DropFolder', 'Api')),
    file_name text,
    sha256 bytea,
    format text,
    header text[],
    as_of timestamptz not null,
    actor_id uuid,
    actor_name text not null,
    state text not null check (state in ('Running', 'Done', 'Failed')),
    failure text,
    bytes_total bigint,
    bytes_read bigint not null default 0,
    rows_read integer not null default 0,
    rows_new integer not null default 0,
    rows_changed integer not null default 0,
    rows_unchanged integer not null default 0,
    rows_further integer not null default 0,
    rows_rejected integer not null default 0,
    started_at timestamptz not null,
    progress_at timestamptz not null,
    ended_at timestamptz,
    primary key (shop_id, import_id),
    check ((state = 'Running') = (ended_at is null))
);
create index imports_newest on imports (shop_id, started_at desc, import_id desc);
create index imports_running on imports (shop_id, progress_at) where state = 'Running';
create index imports_by_content on imports (shop_id, sha256);

create table rejected_rows (
    shop_id text not null,
    import_id uuid not null,
    line integer not null,
    ordinal integer not null,
    column_name text,
    reason text not null,
    cells_cipher bytea not null,
    primary key (shop_id, import_id, line, ordinal),
    foreign key (shop_id, import_id) references imports
);

comment on column imports.rows_new is 'orders; so are rows_changed and rows_unchanged. rows_further are the other rows of an order of several';
comment on column rejected_rows.cells_cipher is 'the offending value and the whole row as they were read, encrypted: phones and names may stand anywhere in it';

create table orders (
    shop_id text not null references shops,
    order_no text not null check (order_no <> ''),
    status text not null check (status in ('Unpaid', 'Paid', 'Shipped', 'Delivered', 'Refunded', 'Closed')),
    status_rank smallint not null generated always as (
        case status when 'Unpaid' then 0 when 'Paid' then 1 when 'Shipped' then 2 when 'Delivered' then 3 when 'Refunded' then 4 else 5 end) stored,
    buyer_id text,
    buyer_key bytea,
    buyer_name text,
    phone_kind text not null check (phone_kind in ('Mobile', 'Landline', 'Foreign', 'Privacy', 'Masked', 'Missing', 'Invalid')),
    phone_cipher bytea,
    phone_hash bytea,
    phone_last4 text,
    phone_region text,
    phone_expires_at timestamptz,
    zone text,
    country text,
    region text,
    city text,
    postcode text,
    amount numeric(14, 2) not null,
    currency text not null,
    items jsonb not null default '[]',
    item_count integer not null default 0,
    buyer_note text,
    seller_note text,
    courier text,
    tracking_no text,
    refunded_amount numeric(14, 2) not null default 0,
    close_reason text,
    ordered_at timestamptz not null,
    paid_at timestamptz,
    shipped_at timestamptz,
    delivered_at timestamptz,
    closed_at timestamptz,
    as_of timestamptz not null,
    source text not null check (source in ('File', 'Api', 'Desk')),
    import_id uuid,
    content_hash bytea not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (shop_id, order_no),
    check ((phone_cipher is null) = (phone_hash is null)),
    check ((phone_hash is null) = (phone_kind in ('Masked', 'Missing', 'Invalid')))
) with (fillfactor = 85);

comment on column orders.phone_region is 'ISO country of the number, with a subdivision where the number tells it (CN, US-212)';
comment on column orders.as_of is 'the moment whose truth this row tells: the export''s time, not the import''s';
comment on column orders.phone_hash is 'blind index of number and extension: a person key';
comment on column orders.buyer_key is 'blind index of the platform''s buyer id: a person key';

create index orders_by_phone on orders (shop_id, phone_hash) where phone_hash is not null;
create index orders_by_buyer on orders (shop_id, buyer_key) where buyer_key is not null;
create index orders_unpaid on orders (shop_id, ordered_at) where status = 'Unpaid';
create index orders_delivered on orders (shop_id, delivered_at) where status = 'Delivered';
create index orders_newest on orders (shop_id, ordered_at desc, order_no);

-- What happened to an order, for its story: status changes seen by imports, the API or the desk. The kind is the status it came to.
create table order_events (
    shop_id text not null,
    order_no text not null,
    at timestamptz not null,
    seq bigint generated always as identity,
    kind text not null,
    details jsonb not null,
    primary key (shop_id, order_no, at, seq)
);

-- Every phone that was shown outside the dial gate: the quota per person counts here.
create table phone_reveals (
    shop_id text not null references shops,
    reveal_id uuid not null,
    order_no text not null,
    user_id uuid not null references users,
    reason text not null,
    at timestamptz not null,
    primary key (shop_id, reveal_id)
);
create index phone_reveals_by_user on phone_reveals (user_id, at);

call protect_by_shop('phone_reveals');
call protect_by_shop('imports');
call protect_by_shop('rejected_rows');
call protect_by_shop('orders');
call protect_by_shop('order_events');
