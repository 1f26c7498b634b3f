-- People, what they are in which shop, and how they prove who they are.

create table users (
    user_id uuid primary key,
    name text not null unique check (name = lower(name) and length(name) between 2 and 64),
    display_name text not null check (length(display_name) between 1 and 64),
    is_admin boolean not null default false,
    language text not null default 'zh-CN' check (language in ('zh-CN', 'en')),
    password_hash text,
    security_stamp text not null,
    must_change_password boolean not null default false,
    totp_cipher bytea,
    totp_enabled_at timestamptz,
    totp_last_step bigint,
    disabled_at timestamptz,
    created_at timestamptz not null,
    check (totp_enabled_at is null or totp_cipher is not null)
);

comment on column users.is_admin is 'of the whole installation; an administrator is in no shop and sees no customer data';
comment on column users.totp_last_step is 'the last time step whose code was used: no code works twice';

create table memberships (
    shop_id text not null references shops,
    user_id uuid not null references users,
    role text not null check (role in ('Agent', 'Scheduler', 'Manager')),
    primary key (shop_id, user_id, role)
);
create index memberships_by_user on memberships (user_id);

-- Ways in without the second factor's device; each works once.
create table recovery_codes (
    user_id uuid not null references users,
    code_hash bytea not null check (length(code_hash) = 32),
    used_at timestamptz,
    primary key (user_id, code_hash)
);

-- A signed-in browser. The cookie holds the token, the row its hash only.
create table user_sessions (
    session_id uuid primary key,
    token_hash bytea not null unique check (length(token_hash) = 32),
    user_id uuid not null references users,
    network text not null,
    browser text not null,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    second_factor_at timestamptz,
    ended_at timestamptz,
    end_reason text check (end_reason in ('SignedOut', 'Replaced', 'Revoked', 'Disabled', 'PasswordChanged', 'Expired')),
    check ((ended_at is null) = (end_reason is null))
);
create index user_sessions_open on user_sessions (user_id, created_at) where ended_at is null;
create index user_sessions_known on user_sessions (user_id, network) where second_factor_at is not null;

-- A program's way in, for one shop. With an agent it acts as that agent.
create table api_keys (
    shop_id text not null references shops,
    key_id uuid not null,
    key_hash bytea not null check (length(key_hash) = 32),
    hint text not null,
    name text not null check (length(name) between 1 and 64),
    scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array['Orders', 'Desk', 'Log', 'Campaigns', 'Suppressions']),
    agent_id uuid references users,
    created_by text not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz,
    primary key (shop_id, key_id),
    unique (shop_id, key_hash)
);

comment on column api_keys.hint is 'the first characters of the key, to tell keys apart';

-- Guessing at one account (also one that does not exist) or from one network.
create table sign_in_failures (
    subject text primary key check (subject ~ '^(account|network):'),
    failures integer not null check (failures >= 0),
    last_at timestamptz not null
);

-- The one-time code of the set-up page; gone once the first administrator exists.
create table set_up_code (
    one boolean primary key default true check (one),
    code_hash bytea not null check (length(code_hash) = 32),
    created_at timestamptz not null
);

-- The keys that sign forms, shared by all nodes; encrypted with the keyring that stays outside the database.
create table form_keys (
    name text primary key,
    cipher bytea not null,
    created_at timestamptz not null
);
