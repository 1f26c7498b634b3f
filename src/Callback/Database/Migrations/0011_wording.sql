-- What the wording guard found in a note when the result was saved: kinds only, the words stand in the note.
alter table follow_ups
    add column wording text[] not null default '{}',
    add column has_wording boolean not null generated always as (cardinality(wording) > 0) stored,
    add constraint follow_ups_wording_kinds check (wording <@ array['Rude', 'AbsolutePromise', 'RedLine', 'PaidReview', 'UnprovenScarcity', 'Privacy']);
comment on column follow_ups.has_wording is 'a plain column, because under row-level security no index serves an operator on arrays';
create index follow_ups_by_wording on follow_ups (shop_id, at desc, attempt_id desc) where has_wording;
