-- Call scripts made in the editor: one draft each, and published versions that never change.
create table shop_scripts (
    shop_id text not null,
    name text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,47}$'),
    purpose text not null,
    created_at timestamptz not null,
    created_by uuid,
    primary key (shop_id, name)
);
comment on table shop_scripts is 'named shop/<name> on campaigns and attempts; the purpose stays, because campaigns were chosen by it';

create table script_drafts (
    shop_id text not null,
    name text not null,
    zh text not null check (octet_length(zh) <= 400000),
    en text not null check (octet_length(en) <= 400000),
    revision integer not null check (revision > 0),
    based_on integer,
    saved_at timestamptz not null,
    saved_by uuid,
    saved_by_name text not null,
    primary key (shop_id, name),
    foreign key (shop_id, name) references shop_scripts
);
comment on column script_drafts.revision is 'rises with every saving; a saving names the revision it was made on';

create table script_versions (
    shop_id text not null,
    name text not null,
    version integer not null,
    zh text not null,
    en text not null,
    content_hash bytea not null,
    note text not null,
    published_at timestamptz not null,
    published_by uuid,
    published_by_name text not null,
    rolled_back_to integer,
    primary key (shop_id, name, version),
    foreign key (shop_id, name) references shop_scripts,
    check (rolled_back_to < version)
);

-- Versions are numbered without a gap, whoever publishes: the script's own row is locked by the one who does.
create function keep_script_version() returns trigger
language plpgsql as $$
declare
    latest integer;
begin
    select coalesce(max(version), 0) into latest from script_versions v where v.shop_id = new.shop_id and v.name = new.name;
    if new.version <> latest + 1 then
        raise exception 'version % of % does not follow version %', new.version, new.name, latest using errcode = 'check_violation';
    end if;
    if new.content_hash <> sha256(convert_to(new.zh || E'\x01' || new.en, 'UTF8')) then
        raise exception 'the hash of version % of % is not that of its texts', new.version, new.name using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger version_follows before insert on script_versions for each row execute function keep_script_version();
create trigger version_stays before update on script_versions for each row execute function refuse_delete();
call forbid_delete('script_versions');

create function keep_script_purpose() returns trigger
language plpgsql as $$
begin
    raise exception 'the name and purpose of a script never change' using errcode = 'restrict_violation';
end $$;
create trigger script_kept before update of shop_id, name, purpose on shop_scripts
    for each row when (old.shop_id <> new.shop_id or old.name <> new.name or old.purpose <> new.purpose) execute function keep_script_purpose();

-- A call keeps the version it began with.
create function keep_attempt_script() returns trigger
language plpgsql as $$
begin
    raise exception 'an attempt keeps the script and version it began with' using errcode = 'restrict_violation';
end $$;
create trigger attempt_script_kept before update of call_script, script_version on attempts
    for each row when (old.call_script <> new.call_script or old.script_version <> new.script_version) execute function keep_attempt_script();

create index attempts_by_script on attempts (shop_id, call_script, script_version);

call protect_by_shop('shop_scripts');
call protect_by_shop('script_drafts');
call protect_by_shop('script_versions');
