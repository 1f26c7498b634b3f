-- What makes an order a case for a purpose beyond payment and delivery. A moment only rises: a later report replaces an earlier one, with its words.
alter table orders
    add column delivery_problem_at timestamptz,
    add column delivery_problem text,
    add column out_of_stock_at timestamptz,
    add column out_of_stock_item text,
    add column out_of_stock_reason text,
    add column refund_requested_at timestamptz,
    add column refund_reason text,
    add column complaint_closed_at timestamptz,
    add column complaint_result text,
    add column stock_left integer check (stock_left >= 0),
    add column offer_ends_on date;

comment on column orders.delivery_problem is 'the last scan or what is wrong with the parcel, as the shop''s system tells it';
comment on column orders.stock_left is 'pieces left of what was ordered, by the newest telling; a telling without it forgets it, because agents may say it';
comment on column orders.offer_ends_on is 'the day on which the offer''s price ends, by the newest telling';

create index orders_delivery_problem on orders (shop_id, delivery_problem_at) where delivery_problem_at is not null;
create index orders_out_of_stock on orders (shop_id, out_of_stock_at) where out_of_stock_at is not null;
create index orders_refund_requested on orders (shop_id, refund_requested_at) where refund_requested_at is not null;
create index orders_complaint_closed on orders (shop_id, complaint_closed_at) where complaint_closed_at is not null;
