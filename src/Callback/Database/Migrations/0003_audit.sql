-- Who did what, in a hash chain per shop. The installation's own acts stand under shop_id '-'.
create table audit (
    shop_id text not null,
    at timestamptz not null,
    seq bigint not null,
    actor_id uuid,
    actor_name text not null,
    action text not null,
    subject text not null,
    details jsonb not null,
    previous_hash bytea not null,
    hash bytea not null,
    primary key (shop_id, at, seq)
) partition by range (at);
create table audit_default partition of audit default;
create index audit_by_seq on audit (shop_id, seq);
create index audit_by_subject on audit (shop_id, subject, at);

create table audit_heads (
    shop_id text primary key,
    seq bigint not null,
    hash bytea not null
);

create function audit_hash(previous bytea, shop text, seq bigint, at timestamptz, actor uuid, actor_name text, action text, subject text, details jsonb)
returns bytea
language sql immutable
return sha256(previous || convert_to(
    jsonb_build_array(shop, seq, (extract(epoch from at) * 1000000)::bigint, actor, actor_name, action, subject, details)::text, 'UTF8'));

-- The chain's head is locked to the end of the transaction, so this comes last in it.
create function audit_append(shop text, at timestamptz, actor uuid, actor_name text, action text, subject text, details jsonb)
returns bigint
language plpgsql as $$
declare
    head audit_heads;
    next_hash bytea;
begin
    insert into audit_heads values (shop, 0, ''::bytea) on conflict do nothing;
    select * into head from audit_heads h where h.shop_id = shop for update;
    next_hash := audit_hash(head.hash, shop, head.seq + 1, at, actor, actor_name, action, subject, details);
    insert into audit values (shop, at, head.seq + 1, actor, actor_name, action, subject, details, head.hash, next_hash);
    update audit_heads h set seq = head.seq + 1, hash = next_hash where h.shop_id = shop;
    return head.seq + 1;
end $$;

create trigger rows_stay before update or delete on audit for each row execute function refuse_delete();
