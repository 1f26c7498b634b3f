using Callback.Calls;
using Callback.CallScripts;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.FollowUps;
using Callback.Telephony;

namespace Callback.Benchmarks.Rows;

/// <summary>
/// The whole way of a call: hold, gate, the line's answer, the call's end, result. Limit: pgbench claims a queue row and, in a second transaction, records a result
/// and deletes it: the least that any dialer has to write.
/// </summary>
internal static class GateRow
{
    private static readonly string Pair = HoldRow.Claim.Replace(";", " returning queued_call_id::text as call, shop_id as shop_id_held \\gset\n", StringComparison.Ordinal) + """
        begin;
        insert into bare_results (shop_id, call_id, outcome, note, at) values (:shop_id_held, :call, 'NoAnswer', 'a note', now());
        delete from queued_calls where shop_id = :shop_id_held and queued_call_id = :call::uuid;
        commit;
        """;

    public static async Task<IReadOnlyList<Measured>> RunAsync(Stage stage, BenchOptions options)
    {
        var calls = Math.Clamp(options.Queued / 5, 20_000, 100_000);
        await stage.SqlAsync("create table bare_results (shop_id text, call_id text, outcome text, note text, at timestamptz, primary key (shop_id, call_id))");
        await Shops.OrdersAsync(stage, calls, calls);
        await EncryptAsync(stage, calls);
        List<double> bare = [], ours = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            await stage.SqlAsync("truncate queued_call_orders, queued_calls, bare_results");
            await Shops.QueueAsync(stage, calls);
            bare.Add(await stage.PgBench.RateAsync(Pair, 8, options.Seconds));
            await stage.SqlAsync("truncate queued_call_orders, queued_calls");
            await QueueUncalledAsync(stage, calls);
            ours.Add((await Load.RunAsync(8, options.Seconds, worker => CallAsync(stage, worker))).Rate);
        }
        return [Measured.AtLeast("hold + gate + result, 8 agents, against claim + record", bare, ours, "1/s", 0.6)];
    }

    private static async Task CallAsync(Stage stage, int worker)
    {
        var agent = await AgentAsync(stage, Shops.Of(worker * 37));
        var held = await stage.Service<HoldNextCall>().RunAsync(agent, new(), default) as HoldResult.Held
            ?? throw new InvalidOperationException("The queue ran dry; use a larger --scale or fewer --seconds.");
        var ticks = stage.Service<CallScriptBook>().ChecklistOf(Purpose.PaymentReminder).Items.Select(item => item.Id).ToList();
        var dialed = await stage.Service<DialCall>().RunAsync(agent, new(held.HoldId, CallDraft.Empty with { Ticks = ticks }), default);
        if (dialed is not DialResult.Dialing dialing)
            throw new InvalidOperationException($"The gate refused: {dialed}");
        await stage.Service<MarkCallState>().RunAsync(agent, new(dialing.AttemptId, CallState.NoAnswer), default);
        var draft = CallDraft.Empty with { Outcome = "NoAnswer", Ticks = ticks };
        await stage.Service<RecordResult>().RunAsync(agent, new(dialing.AttemptId, Ids.New(stage.Ground.Time), draft), default);
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<ShopId, Actor> Known = new();

    /// <summary>One agent a worker, with a row of users: results name who wrote them.</summary>
    private static async Task<Actor> AgentAsync(Stage stage, ShopId shop)
    {
        if (Known.TryGetValue(shop, out var known))
            return known;
        var agent = Agents.Of(shop, stage.Ground.Time);
        await stage.SqlAsync("insert into users (user_id, name, display_name, security_stamp, created_at) values (@UserId, @name, 'Agent', '', now())",
            new { agent.UserId, name = $"bench-{shop}" });
        return Known.GetOrAdd(shop, agent);
    }

    private static async Task QueueUncalledAsync(Stage stage, int calls)
    {
        await Shops.QueueAsync(stage, calls);
        await stage.SqlAsync("""
            delete from queued_calls q
            using queued_call_orders o, attempt_rights r
            where o.shop_id = q.shop_id and o.queued_call_id = q.queued_call_id
                and r.shop_id = o.shop_id and r.order_no = o.order_no
            """);
    }

    /// <summary>The gate opens the number, so these orders need real ciphertexts.</summary>
    private static async Task EncryptAsync(Stage stage, int orders)
    {
        var vault = stage.Service<PersonalDataVault>();
        var numbers = Enumerable.Range(0, orders).Select(i => (Shop: Shops.Of(i), OrderNo: $"O{i}")).ToList();
        await using var session = await stage.Db.BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync("""
            update orders o
            set phone_cipher = n.cipher
            from unnest(@shops, @nos, @ciphers) as n (shop_id, order_no, cipher)
            where o.shop_id = n.shop_id and o.order_no = n.order_no
            """,
            new
            {
                shops = numbers.Select(n => n.Shop.Value).ToArray(),
                nos = numbers.Select(n => n.OrderNo).ToArray(),
                ciphers = numbers.Select((n, i) => vault.Encrypt(DataPlace.OrderPhone(n.Shop, n.OrderNo), $"+861{3_000_000_000 + i}")).ToArray(),
            },
            default);
        await session.CommitAsync();
    }
}
