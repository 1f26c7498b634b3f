using Callback.Chaos.Ground;
using Callback.Database;
using Callback.Database.PersonalData;

namespace Callback.Chaos.Holds;

/// <summary>
/// Queues full of calls in a PostgreSQL of the run's own, and a witness inside it: a trigger that notes every hold with its fence and the moment by the database's clock, into a table
/// that the program neither knows nor can change.
/// </summary>
internal static class HoldGround
{
    public const int Shops = 16;

    public static readonly Guid Campaign = new("0190f000-0000-7000-8000-00000000c0de");

    public static ShopId ShopOf(int number) => ShopId.Parse($"hold{number % Shops}");

    private const string Witness = $"""
        create unlogged table witnessed_holds (call uuid not null, fence bigint not null, hold uuid not null, agent uuid not null, at timestamptz not null);
        grant insert on witnessed_holds to {IDatabaseServer.Role};
        create function witness_hold() returns trigger language plpgsql as $$
        begin
            insert into witnessed_holds values (new.queued_call_id, new.fence, new.hold_id, new.held_by, clock_timestamp());
            return null;
        end $$;
        create trigger witnessed after update on queued_calls for each row
            when (new.hold_id is not null and new.hold_id is distinct from old.hold_id) execute function witness_hold()
        """;

    private const string Queues = """
        insert into shops (shop_id, name, zone, language, country, currency, policy, created_at)
        select 'hold' || i, 'Shop ' || i, 'Asia/Shanghai', 'en', 'CN', 'CNY', 'none', now()
        from generate_series(0, @Shops - 1) as i;

        insert into campaigns (shop_id, campaign_id, code, name, purpose, status, min_age, max_age, order_by, max_data_age, hold_for, call_script, line, created_at, updated_at)
        select shop_id, @Campaign, 'payment-reminder', 'Payment reminder', 'PaymentReminder', 'Running', '30 min', '72 h', 'Value', '7 days', '30 s', 'payment-reminder', 'manual', now(), now()
        from shops;

        insert into orders (shop_id, order_no, status, buyer_id, buyer_name, phone_kind, phone_cipher, phone_hash, phone_last4, phone_region, country, region,
            amount, currency, items, item_count, ordered_at, as_of, source, content_hash, created_at, updated_at)
        select 'hold' || i % @Shops, 'O' || i, 'Unpaid', 'buyer' || i, 'Name ' || i, 'Mobile', decode(md5('c' || i), 'hex'), sha256(('p' || i)::bytea), '0000', 'CN', 'CN', '浙江省',
            10 + i % 500, 'CNY', '[{"title":"Cup","quantity":1,"price":10}]', 1, now() - interval '2 hours', now(), 'File', sha256(i::text::bytea), now(), now()
        from generate_series(0, @calls - 1) as i;

        insert into queued_calls (shop_id, queued_call_id, campaign_id, purpose, kind, phone_hash, zone_key, priority, why, due_at, planned_at, fresh_until)
        select 'hold' || i % @Shops, md5('q' || i)::uuid, @Campaign, 'PaymentReminder', 'First', sha256(('p' || i)::bytea), 'Asia/Shanghai', (i::bigint * 7919) % 100000, '{}',
            now(), now(), now() + interval '20 hours'
        from generate_series(0, @calls - 1) as i;

        insert into queued_call_orders (shop_id, purpose, order_no, grant_no, queued_call_id)
        select 'hold' || i % @Shops, 'PaymentReminder', 'O' || i, 0, md5('q' || i)::uuid
        from generate_series(0, @calls - 1) as i
        """;

    /// <summary>A schema with queues; the stage gives this process the use cases.</summary>
    public static async Task<Stage> FurnishAsync(PgCluster cluster, int calls, CancellationToken ct)
    {
        var stage = Stage.Join(cluster.ConnectionString(), Keyring.Create());
        await new Migrator(stage.Ground.Source).RunAsync(ct);
        await cluster.ExecuteAsync(Witness);
        await stage.SqlAsync(Queues, new { Shops, Campaign, calls }, ct);
        await cluster.ExecuteAsync("vacuum analyze");
        return stage;
    }
}
