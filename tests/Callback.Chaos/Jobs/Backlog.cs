using Callback.Database.PersonalData;

namespace Callback.Chaos.Jobs;

/// <summary>Work that waits for passes, the same wherever it is written: orders to plan, holds that ran out, calls whose node died, events that came in, tasks that fall due.</summary>
/// <param name="Part">Several parts may follow each other in one database.</param>
internal sealed record Backlog(int Part)
{
    public const string Shop = "jobs";

    private const int Orders = 300;

    private static readonly Guid Campaign = new("0190f000-0000-7000-8000-0000000000b5");

    /// <summary>Once a database, before its first part.</summary>
    public static Task FurnishAsync(Stage stage) => stage.SqlAsync(
        """
        insert into shops (shop_id, name, zone, language, country, currency, policy, created_at)
        values (@Shop, 'Jobs', 'Asia/Shanghai', 'en', 'CN', 'CNY', 'none', now());

        insert into campaigns (shop_id, campaign_id, code, name, purpose, status, min_age, max_age, order_by, hold_for, call_script, line, created_at, updated_at)
        values (@Shop, @Campaign, 'jobs', 'Jobs', 'PaymentReminder', 'Running', '30 min', '30 days', 'Value', '5 min', 'payment-reminder', 'manual', now(), now())
        """,
        new { Shop, Campaign });

    // Orders 0 … 99 wait to be planned, 100 … 199 are held since long ago by agents who are gone, 200 … 249 were being dialed when their node died, 250 … 299 ended and the events tell so.
    private const string Sql = """
        create temporary table backlog on commit drop as
        select i, @Part || '-' || i as order_no, sha256(('p' || @Part || i)::bytea) as phone, md5('q' || @Part || i)::uuid as call
        from generate_series(0, @Orders - 1) as i;

        insert into orders (shop_id, order_no, status, buyer_id, buyer_name, phone_kind, phone_cipher, phone_hash, phone_last4, phone_region, country, zone, amount, currency, items, item_count,
            ordered_at, as_of, source, content_hash, created_at, updated_at)
        select @Shop, order_no, 'Unpaid', 'b' || order_no, 'Name', 'Mobile', '\x00', phone, '0000', 'CN', 'CN', 'Asia/Shanghai', 88, 'CNY', '[]', 1, now() - interval '2 hours', now(), 'Api', '',
            now(), now()
        from backlog;

        insert into candidates (shop_id, purpose, order_no, due_at)
        select @Shop, 'PaymentReminder', order_no, now() - interval '1 hour'
        from backlog
        where i < 100;

        insert into queued_calls (shop_id, queued_call_id, campaign_id, purpose, kind, phone_hash, zone_key, priority, why, due_at, planned_at, fresh_until, fence, hold_id, held_by, held_at,
            held_until)
        select @Shop, call, @Campaign, 'PaymentReminder', 'First', phone, 'Asia/Shanghai', i, '{}', now(), now(), now() + interval '20 hours', 1, gen_random_uuid(), gen_random_uuid(),
            now() - interval '10 minutes', now() - interval '5 minutes'
        from backlog
        where i >= 100 and i < 200;

        insert into queued_call_orders (shop_id, purpose, order_no, grant_no, queued_call_id)
        select @Shop, 'PaymentReminder', order_no, 0, call
        from backlog
        where i >= 100 and i < 200;

        insert into attempts (shop_id, attempt_id, campaign_id, purpose, kind, agent_id, hold_id, fence, line, phone_hash, phone_cipher, phone_last4, zone_key, gated_at, window_closes_at,
            gate_facts, call_script, script_version, state)
        select @Shop, call, @Campaign, 'PaymentReminder', 'First', gen_random_uuid(), gen_random_uuid(), 1, case when i < 250 then 'manual' else 'twilio' end, phone, cipher, '0000',
            'Asia/Shanghai', now() - interval '10 minutes', now() + interval '1 hour', '{}', 'payment-reminder', 1, 'Dialing'
        from backlog
        join unnest(@attempts, @ciphers) as c (attempt_id, cipher) on c.attempt_id = call
        where i >= 200;

        insert into attempt_rights (shop_id, purpose, order_no, grant_no, attempt_id)
        select @Shop, 'PaymentReminder', order_no, 0, call
        from backlog
        where i >= 200;

        update attempts a
        set state = 'Placed', placed_at = now() - interval '9 minutes', provider_call_id = 'CA' || md5('c' || b.call)
        from backlog b
        where a.shop_id = @Shop and a.attempt_id = b.call and b.i >= 250;

        insert into line_inbox (shop_id, line, call_id, event, sequence, subject, body, received_at)
        select @Shop, 'twilio', 'CA' || md5('c' || call), 'status:completed', 3, call,
            jsonb_build_object('CallSid', 'CA' || md5('c' || call), 'CallStatus', 'completed', 'SequenceNumber', '3', 'Timestamp', 'Sun, 22 Nov 2026 00:00:00 +0000', 'CallDuration', '9'), now()
        from backlog
        where i >= 250;

        insert into follow_up_tasks (shop_id, task_id, attempt_id, order_no, kind, note, state, due_at, owner_id, created_by, created_at)
        select @Shop, md5('t' || call)::uuid, call, order_no, 'CourierChase', '', 'Open', timestamptz '2026-11-22 00:00Z', md5('o' || call)::uuid, md5('o' || call)::uuid, now()
        from backlog
        where i >= 250
        """;

    public Task WriteAsync(Stage stage)
    {
        var vault = stage.Get<PersonalDataVault>();
        Guid[] attempts = [.. Enumerable.Range(200, Orders - 200).Select(i => Md5($"q{Part}{i}"))];
        byte[][] ciphers = [.. attempts.Select(attempt => vault.Encrypt(DataPlace.AttemptPhone(ShopId.Parse(Shop), attempt), "+8613900139000"))];
        return stage.SqlAsync(Sql, new { Shop, Campaign, Part = $"{Part}", Orders, attempts, ciphers });
    }

    /// <summary>What stands in the end, without the moments at which it came about and what people make of it later.</summary>
    public static async Task<string> StateAsync(Stage stage) => string.Join('\n', await stage.AllAsync<string>(
        """
        select concat_ws(' ', 'queued', q.kind, q.fence, q.hold_id is null, string_agg(concat_ws('/', o.order_no, o.grant_no), ',' order by o.order_no))
        from queued_calls q
        join queued_call_orders o on o.shop_id = q.shop_id and o.queued_call_id = q.queued_call_id
        group by q.shop_id, q.queued_call_id
        union all
        select concat_ws(' ', 'attempt', r.order_no, r.grant_no, a.state, a.call_state, a.refusal, a.duration_s, a.ended_at)
        from attempts a
        join attempt_rights r on r.shop_id = a.shop_id and r.attempt_id = a.attempt_id
        union all
        select concat_ws(' ', 'grant', order_no, grant_no, kind, close_reason)
        from call_grants
        union all
        select concat_ws(' ', 'event', kind, payload)
        from outbox
        union all
        select concat_ws(' ', 'task', order_no, kind, state, due_soon_at is not null)
        from follow_up_tasks
        union all
        select concat_ws(' ', 'inbox', call_id, event, processed_at is not null, finding)
        from line_inbox
        union all
        select concat_ws(' ', 'candidate', order_no, blocked_reason)
        from candidates
        union all
        select concat_ws(' ', 'left', order_nos, reason)
        from queue_exits
        order by 1
        """));

    private static Guid Md5(string text)
    {
        // As PostgreSQL's md5(…)::uuid.
#pragma warning disable CA5351 // An id, no secret.
        return new(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text)), bigEndian: true);
#pragma warning restore CA5351
    }
}
