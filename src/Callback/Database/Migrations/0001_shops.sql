-- The tenant, and the second wall between tenants: row-level security by shop, forced on the owner too.
-- A transaction names the shops it may see in app.shops (comma separated), or * for the system's own passes.

create table shops (
    shop_id text primary key check (shop_id ~ '^[a-z0-9][a-z0-9-]{0,31}$'),
    name text not null,
    zone text not null,
    language text not null check (language in ('zh-CN', 'en')),
    country text not null check (country ~ '^[A-Z]{2}$'),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    policy text not null,
    practice boolean not null default false,
    facts jsonb not null default '{}',
    created_at timestamptz not null,
    closed_at timestamptz
);

comment on column shops.policy is 'name of the preset in config/policies';
comment on column shops.practice is 'a shop of simulated customers; its line is always the practice line';
comment on column shops.facts is 'what call scripts may say of the shop: service phone, payment methods, return days, couriers';

create function may_see_shop(shop text) returns boolean
language sql stable
return current_setting('app.shops', true) = '*' or shop = any (string_to_array(current_setting('app.shops', true), ','));

create procedure protect_by_shop(target regclass)
language plpgsql as $$
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format($policy$
        create policy shop_wall on %s
        using ((select current_setting('app.shops', true)) = '*'
            or shop_id = any ((select string_to_array(current_setting('app.shops', true), ','))::text[]))
        $policy$, target);
end $$;

create procedure forbid_delete(target regclass)
language plpgsql as $$
begin
    execute format('create trigger rows_stay before delete on %s for each row execute function refuse_delete()', target);
    execute format('create trigger table_stays before truncate on %s for each statement execute function refuse_delete()', target);
end $$;

create function refuse_delete() returns trigger
language plpgsql as $$
begin
    raise exception 'rows of % are never deleted', tg_table_name using errcode = 'restrict_violation';
end $$;

-- Months of a partitioned table, made ahead of time; what falls outside lands in the default partition and is not lost.
create procedure ensure_months(target text, first_month date, months integer)
language plpgsql as $$
declare
    month date := date_trunc('month', first_month)::date;
begin
    for i in 1..months loop
        execute format('create table if not exists %I partition of %I for values from (%L) to (%L)',
            target || '_' || to_char(month, 'YYYY_MM'), target, month, (month + interval '1 month')::date);
        month := (month + interval '1 month')::date;
    end loop;
end $$;

-- One row for the whole installation: the clock's offset (CALLBACK_CLOCK), the highest time seen, the server's identity, and the keyring's mark.
create table installation (
    one boolean primary key default true check (one),
    clock_setting text,
    clock_offset interval not null default '0',
    clock_mark timestamptz,
    system_identifier bigint,
    timeline integer,
    epoch_adopted_at timestamptz,
    keyring_mark bytea
);

comment on column installation.keyring_mark is 'tells whether a keyring is the one this database was filled with; says nothing about the keys';

insert into installation default values;

-- The product's present moment: the primary's clock, moved by the installation's offset.
create function business_clock() returns timestamptz
language sql volatile
return clock_timestamp() + (select clock_offset from installation);
