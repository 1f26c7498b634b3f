namespace Callback.Benchmarks;

/// <summary>Generates shops, campaigns, orders, queued calls and log rows by SQL: invented, even, and large.</summary>
internal static class Shops
{
    public const int Count = 100;

    public static readonly Guid Campaign = new("0190f000-0000-7000-8000-000000000001");

    public static ShopId Of(int number) => ShopId.Parse($"b{number % Count}");

    public static async Task OpenAsync(Stage stage)
    {
        await stage.SqlAsync("""
            insert into shops (shop_id, name, zone, language, country, currency, policy, created_at)
            select 'b' || i, 'Shop ' || i, 'Asia/Shanghai', 'en', 'CN', 'CNY', 'none', now()
            from generate_series(0, @count - 1) as i;

            insert into campaigns (shop_id, campaign_id, code, name, purpose, status, min_age, max_age, order_by, max_data_age, hold_for, call_script, line, created_at, updated_at)
            select shop_id, @Campaign, 'payment-reminder', 'Payment reminder', 'PaymentReminder', 'Running', '30 min', '72 h', 'Value', '7 days', '5 min',
                'payment-reminder', 'manual', now(), now()
            from shops;
            """, new { count = Count, Campaign });
    }

    /// <summary>Orders 0 … count − 1, spread evenly over the shops; the first <paramref name="unpaid"/> of them wait for payment since two hours ago.</summary>
    public static Task<TimeSpan> OrdersAsync(Stage stage, int count, int unpaid) => stage.SqlAsync("""
        insert into orders (shop_id, order_no, status, buyer_id, buyer_name, phone_kind, phone_cipher, phone_hash, phone_last4, phone_region, country, region,
            amount, currency, items, item_count, ordered_at, paid_at, as_of, source, content_hash, created_at, updated_at)
        select 'b' || i % @shops, 'O' || i, case when i < @unpaid then 'Unpaid' else 'Paid' end, 'buyer' || i, 'Name ' || i, 'Mobile',
            decode(md5('c' || i), 'hex'), sha256(('p' || i)::bytea), lpad((i % 10000)::text, 4, '0'), 'CN', 'CN', '浙江省',
            10 + i % 500, 'CNY', '[{"title":"Cup","quantity":1,"price":10}]', 1, now() - interval '2 hours', case when i < @unpaid then null else now() end,
            now(), 'File', sha256(i::text::bytea), now(), now()
        from generate_series(0, @count - 1) as i
        """, new { shops = Count, count, unpaid });

    /// <summary>One queued call for each of the orders 0 … count − 1.</summary>
    /// <returns>How long the two inserts took, without the vacuum that follows.</returns>
    public static async Task<TimeSpan> QueueAsync(Stage stage, int count)
    {
        var took = await stage.SqlAsync("""
            insert into queued_calls (shop_id, queued_call_id, campaign_id, purpose, kind, phone_hash, zone_key, priority, why, due_at, planned_at, fresh_until)
            select 'b' || i % @shops, md5('q' || i)::uuid, @Campaign, 'PaymentReminder', 'First', sha256(('p' || i)::bytea), 'Asia/Shanghai',
                (i::bigint * 7919) % 100000, '{}', now(), now(), now() + interval '20 hours'
            from generate_series(0, @count - 1) as i;

            insert into queued_call_orders (shop_id, purpose, order_no, grant_no, queued_call_id)
            select 'b' || i % @shops, 'PaymentReminder', 'O' || i, 0, md5('q' || i)::uuid
            from generate_series(0, @count - 1) as i
            """, new { shops = Count, count, Campaign });
        await AnalyseAsync(stage);
        return took;
    }

    public static async Task AnalyseAsync(Stage stage)
    {
        await using var command = stage.Ground.Source.CreateCommand("vacuum analyze");
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
