create table users (
    user_id uuid primary key,
    name text not null unique check (name = lower(name) and length(name) between 2 and 64),
    display_name text not null,
    is_admin boolean not null default false,
    language text not null default 'zh-CN' check (language in ('zh-CN', 'en')),
    password_hash text,
    security_stamp text not null,
    must_change_password boolean not null default false,
    totp_cipher bytea,
    totp_enabled_at timestamptz,
    totp_last_step bigint,
    failed_count integer not null default 0,
    failed_at timestamptz,
    disabled_at timestamptz,
    created_at timestamptz not null
);

create table memberships (
    shop_id text not null references shops,
    user_id uuid not null references users,
    role text not null check (role in ('Agent', 'Scheduler', 'Manager')),
    primary key (shop_id, user_id, role)
);
create index memberships_by_user on memberships (user_id);
