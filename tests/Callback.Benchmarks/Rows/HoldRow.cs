using Callback.Calls;

namespace Callback.Benchmarks.Rows;

/// <summary>
/// Handing out the next call. Limit: pgbench claims the head of a shop's queue by the same index and nothing else. Product: the whole use case, with the policy
/// asked again about the order before it is handed out.
/// </summary>
internal static class HoldRow
{
    public const string Claim = """
        \set shop random(0, 99)
        update queued_calls
        set hold_id = gen_random_uuid(), held_by = gen_random_uuid(), held_at = now(), held_until = now() + interval '5 min', fence = fence + 1
        where (shop_id, queued_call_id) = (
            select shop_id, queued_call_id from queued_calls
            where shop_id = 'b' || :shop and campaign_id = '0190f000-0000-7000-8000-000000000001' and zone_key = 'Asia/Shanghai' and hold_id is null
            order by priority desc, due_at, queued_call_id
            limit 1 for update skip locked);
        """;

    public static async Task<IReadOnlyList<Measured>> RunAsync(Stage stage, BenchOptions options)
    {
        await Shops.OrdersAsync(stage, options.Queued, options.Queued);
        await Shops.QueueAsync(stage, options.Queued);
        List<double> bare = [], ours8 = [], ours200 = [];
        var hold = stage.Service<HoldNextCall>();
        for (var round = 0; round < options.Rounds; round++)
        {
            bare.Add(await stage.PgBench.RateAsync(Claim, 8, options.Seconds));
            ours8.Add(await HoldAsync(stage, hold, 8, options.Seconds));
            ours200.Add(await HoldAsync(stage, hold, 200, options.Seconds));
            await ReleaseAllAsync(stage);
        }
        return
        [
            Measured.AtLeast($"hold, SQL, 8 agents, {options.Queued:N0} queued", bare, ours8, "1/s", 0.65),
            Measured.AtLeast("hold, SQL, 200 agents, against 8 agents", ours8, ours200, "1/s", 0.7),
        ];
    }

    private static async Task<double> HoldAsync(Stage stage, HoldNextCall hold, int agents, int seconds)
    {
        var load = await Load.RunAsync(agents, seconds, async worker =>
        {
            // A new agent each time: an agent who has a card would only be shown that card.
            var agent = Agents.Of(Shops.Of(worker * 37), stage.Ground.Time);
            if (await hold.RunAsync(agent, new HoldNextCallInput(), default) is not HoldResult.Held)
                throw new InvalidOperationException("The queue ran dry; use a larger --scale or fewer --seconds.");
        });
        return load.Rate;
    }

    public static async Task ReleaseAllAsync(Stage stage)
    {
        await stage.SqlAsync("update queued_calls set hold_id = null, held_by = null, held_at = null, held_until = null where hold_id is not null");
        await Shops.AnalyseAsync(stage);
    }
}
