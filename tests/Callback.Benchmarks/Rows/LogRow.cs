using System.Diagnostics;
using Callback.FollowUps.Log;
using Npgsql;

namespace Callback.Benchmarks.Rows;

/// <summary>Reading the call log, newest 50, of a shop that has half of all rows. Limit: the same statement on a bare connection.</summary>
internal static class LogRow
{
    private const string Bare = """
        select f.at, f.attempt_id, f.note
        from follow_ups f
        where f.shop_id = 'b0'
        order by f.at desc, f.attempt_id desc
        limit 51
        """;

    public static async Task<IReadOnlyList<Measured>> RunAsync(Stage stage, BenchOptions options)
    {
        await FillAsync(stage, options.LogRows);
        var list = stage.Service<ListFollowUps>();
        var manager = Agents.Manager(Shops.Of(0), stage.Ground.Time);
        Task<FollowUpPage> Page(LogFilter filter, LogCursor? after = null) => list.RunAsync(manager, Shops.Of(0), filter, after, 50, default);

        List<double> bare = [], ours = [], first = [], hundredth = [], rare = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            bare.Add(await P99Async(300, () => BareAsync(stage)));
            ours.Add(await P99Async(300, () => Page(new())));
            first.Add(await P50Async(300, () => Page(new())));
            LogCursor? cursor = null;
            for (var page = 1; page < 100; page++)
                cursor = (await Page(new(), cursor)).Next;
            hundredth.Add(await P50Async(300, () => Page(new(), cursor)));
            rare.Add(await P99Async(100, () => Page(new(Outcome: "WrongNumber"))));
        }
        return
        [
            Measured.AtMost($"call log, newest 50 of {options.LogRows:N0}, p99", bare, ours, "ms", 3),
            Measured.AtMost("call log, page 100 against page 1, p50", first, hundredth, "ms", 1.2),
            Measured.AtMost("call log, a rare outcome, p99 against 20 ms", [20], rare, "ms", 1),
        ];
    }

    private static async Task FillAsync(Stage stage, int rows)
    {
        await stage.SqlAsync("call ensure_months('follow_ups', (now() - interval '13 months')::date, 15)");
        await stage.SqlAsync("""
            insert into follow_ups (shop_id, at, attempt_id, revision, campaign_id, purpose, agent_id, agent_name, order_nos, buyer_id, buyer_name, phone_hash,
                phone_last4, products, amount, currency, outcome, reached, reason_codes, note, talk_seconds, recorded_at)
            select case when i % 2 = 0 then 'b0' else 'b' || (1 + i / 2 % 99) end, now() - i * interval '3 seconds', md5('a' || i)::uuid, 1, @Campaign, 'PaymentReminder',
                md5('agent' || i % 50)::uuid, 'Agent', array['O' || i], 'buyer' || i, 'Name ' || i, sha256(('p' || i)::bytea), '1234', 'Cup', 10, 'CNY',
                case when i % 200000 = 0 then 'WrongNumber' when i % 3 = 0 then 'WillPay' else 'NoAnswer' end, i % 3 = 0, '{}', 'a note of usual length for row ' || i, 60, now()
            from generate_series(0, @rows - 1) as i
            """, new { rows, Shops.Campaign });
        await Shops.AnalyseAsync(stage);
    }

    private static async Task BareAsync(Stage stage)
    {
        await using var connection = await stage.Ground.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var scope = new NpgsqlCommand("select set_config('app.shops', 'b0', true)", connection, transaction);
        await scope.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(Bare, connection, transaction);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            reader.GetGuid(1);
    }

    private static async Task<double> P99Async(int times, Func<Task> work) => await PercentileAsync(times, 0.99, work);

    private static async Task<double> P50Async(int times, Func<Task> work) => await PercentileAsync(times, 0.5, work);

    private static async Task<double> PercentileAsync(int times, double share, Func<Task> work)
    {
        var took = new List<double>(times);
        for (var i = 0; i < times; i++)
        {
            var clock = Stopwatch.StartNew();
            await work();
            took.Add(clock.Elapsed.TotalMilliseconds);
        }
        return took.Order().ElementAt((int)(times * share));
    }
}
