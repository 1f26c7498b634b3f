using System.Diagnostics;
using Callback.Planning;

namespace Callback.Benchmarks.Rows;

/// <summary>A planner pass over a large shop. Limit: a bare insert of as many queue rows with their orders.</summary>
internal static class PlannerRow
{
    public static async Task<IReadOnlyList<Measured>> RunAsync(Stage stage, BenchOptions options)
    {
        await Shops.OrdersAsync(stage, options.Orders, options.Due);
        await Shops.AnalyseAsync(stage);
        var planner = stage.Service<Planner>();
        List<double> bare = [], ours = [], idle = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            await EmptyAsync(stage);
            bare.Add((await Shops.QueueAsync(stage, options.Due)).TotalMilliseconds);
            await EmptyAsync(stage);
            await CandidatesAsync(stage, options.Due);
            ours.Add(await PassAsync(stage, planner));
            idle.Add(await PassAsync(stage, planner));
        }
        return
        [
            Measured.AtMost($"planner, {options.Due:N0} due of {options.Orders:N0} orders", bare, ours, "ms", 2),
            Measured.AtMost("planner, nothing new, against 100 ms", [100], idle, "ms", 1),
        ];
    }

    private static async Task<double> PassAsync(Stage stage, Planner planner)
    {
        var clock = Stopwatch.StartNew();
        await planner.RunOnceAsync(stage.Ground.Time.GetUtcNow(), default);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static async Task EmptyAsync(Stage stage)
    {
        await stage.SqlAsync("truncate queued_call_orders, queued_calls, queue_exits, queue_exit_orders, candidates");
        await Shops.AnalyseAsync(stage);
    }

    private static Task<TimeSpan> CandidatesAsync(Stage stage, int due) => stage.SqlAsync("""
        insert into candidates (shop_id, purpose, order_no, due_at)
        select 'b' || i % @shops, 'PaymentReminder', 'O' || i, now() - interval '1 hour'
        from generate_series(0, @due - 1) as i
        """, new { shops = Shops.Count, due });
}
