-- What operators look at: how the passes go, which nodes there are, and narrow ways to the few rows that tell of trouble.

create table pass_rounds (
    name text primary key,
    every interval not null,
    began_at timestamptz not null,
    done_at timestamptz not null,
    took interval,
    failed_at timestamptz,
    failure text
);
comment on table pass_rounds is 'one row a pass, of the whole installation: the newest round and whether it went well';
comment on column pass_rounds.done_at is 'the end of the newest good round; before the first, when a node began to wake the pass';
comment on column pass_rounds.failed_at is 'null: the newest round went well';
comment on column pass_rounds.failure is 'the kind of the fault, without what it says';

create table nodes (
    node_id uuid primary key,
    name text not null,
    version text not null,
    started_at timestamptz not null,
    seen_at timestamptz not null,
    clock_difference interval not null,
    ran_back interval not null,
    disk_free double precision check (disk_free between 0 and 1)
);
comment on table nodes is 'the running processes; each writes its row a few times a minute and takes it away when it stops';

create index attempts_spent on attempts (gated_at, attempt_id) where state = 'Spent';
create index call_grants_told on call_grants (created_at, parent_attempt_id) where kind in ('Technical', 'Released');
create index deliveries_given_up on deliveries (given_up_at) where given_up_at is not null;

create function seconds_to(now timestamptz, moment timestamptz) returns double precision
language sql immutable strict
return greatest(0, extract(epoch from now - moment))::double precision;
comment on function seconds_to is 'how long ago; null: there is no such moment';
