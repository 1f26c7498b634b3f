using System.Diagnostics;
using System.Globalization;
using System.Text;
using Callback.Orders;
using Npgsql;
using NpgsqlTypes;

namespace Callback.Benchmarks.Rows;

/// <summary>
/// Importing an export file. Limit: the same orders, already parsed, by one binary COPY into an unlogged table and one merge. Product: reading the CSV, encrypting
/// and indexing the numbers, staging, merging, candidates, counts.
/// </summary>
internal static class ImportRow
{
    private const string Merge = """
        insert into bare_orders
        select * from bare_stage
        on conflict (shop_id, order_no) do update
        set status = excluded.status, name = excluded.name, phone = excluded.phone, amount = excluded.amount, items = excluded.items, ordered_at = excluded.ordered_at
        where (bare_orders.status, bare_orders.name, bare_orders.phone, bare_orders.amount, bare_orders.items)
            is distinct from (excluded.status, excluded.name, excluded.phone, excluded.amount, excluded.items)
        """;

    public static async Task<IReadOnlyList<Measured>> RunAsync(Stage stage, BenchOptions options)
    {
        await stage.SqlAsync("""
            create unlogged table bare_stage (shop_id text, order_no text, status text, name text, phone bytea, amount numeric, items jsonb, ordered_at timestamptz);
            create table bare_orders (like bare_stage, primary key (shop_id, order_no));
            """);
        List<double> bare = [], first = [], again = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            var file = Export(options.ImportRows, round);
            bare.Add(options.ImportRows / (await BareAsync(stage, options.ImportRows, round)).TotalSeconds);
            first.Add(options.ImportRows / (await ImportAsync(stage, file, round)).TotalSeconds);
            again.Add(options.ImportRows / (await ImportAsync(stage, file, round)).TotalSeconds);
            File.Delete(file);
        }
        Console.Error.WriteLine($"(import: peak memory of the process {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB)");
        return
        [
            Measured.AtLeast($"import of {options.ImportRows:N0} orders, against COPY + merge", bare, first, "rows/s", 0.5),
            Measured.AtLeast("import of the same file again, against the first time", first, again, "rows/s", 1.5),
        ];
    }

    private static async Task<TimeSpan> ImportAsync(Stage stage, string file, int round)
    {
        var clock = Stopwatch.StartNew();
        await using var stream = File.OpenRead(file);
        var result = await stage.Service<ImportOrders>().RunAsync(Actor.System("bench"), new(Shops.Of(round), stream, Path.GetFileName(file)), default);
        return result is ImportResult.Done { Summary.Rejected: 0 } ? clock.Elapsed : throw new InvalidOperationException($"The import failed: {result}");
    }

    private static async Task<TimeSpan> BareAsync(Stage stage, int rows, int round)
    {
        var phone = new byte[48];
        var clock = Stopwatch.StartNew();
        await using var connection = await stage.Ground.Source.OpenConnectionAsync();
        await using (var copy = await connection.BeginBinaryImportAsync("copy bare_stage from stdin (format binary)"))
        {
            for (var i = 0; i < rows; i++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync($"b{round}");
                await copy.WriteAsync(OrderNo(i, round));
                await copy.WriteAsync("Unpaid");
                await copy.WriteAsync("王*");
                await copy.WriteAsync(phone, NpgsqlDbType.Bytea);
                await copy.WriteAsync(19.9m + (i % 500));
                await copy.WriteAsync("""[{"title":"儿童套装","quantity":1}]""", NpgsqlDbType.Jsonb);
                await copy.WriteAsync(DateTime.UnixEpoch.AddSeconds(i), NpgsqlDbType.TimestampTz);
            }
            await copy.CompleteAsync();
        }
        await using var merge = new NpgsqlCommand(Merge + "; truncate bare_stage", connection) { CommandTimeout = 0 };
        await merge.ExecuteNonQueryAsync();
        return clock.Elapsed;
    }

    private static string Export(int rows, int round)
    {
        var file = Path.Combine(Path.GetTempPath(), $"callback-bench-{round}.csv");
        using var writer = new StreamWriter(file, false, new UTF8Encoding(true));
        writer.WriteLine("订单编号,买家会员名,总金额,买家实际支付金额,订单状态,收货人姓名,收货地址,联系手机,订单创建时间,订单付款时间,宝贝标题,宝贝总数量,物流单号,物流公司");
        for (var i = 0; i < rows; i++)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"=\"{OrderNo(i, round)}\",t_{i},{19.9m + (i % 500)},0.00,等待买家付款,王*,浙江省 杭州市 余杭区 某某路 {i % 100}号(311100),'1{3_000_000_000 + i},2026-11-20 21:03:11,,儿童套装,1,,"));
        return file;
    }

    private static string OrderNo(int i, int round) => string.Create(CultureInfo.InvariantCulture, $"{3_190_000_000_000_000_000 + ((long)round * 10_000_000) + i}");
}
