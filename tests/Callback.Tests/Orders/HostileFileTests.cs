using System.Text;
using Callback.Orders;
using Callback.Orders.Files;
using Callback.Orders.Formats;
using Callback.Windows;

namespace Callback.Tests.Orders;

/// <summary>ASVS 5.2, hostile import: whatever a file holds, it ends in counts that add up or in a refusal that has a name.</summary>
public sealed class HostileFileTests(OrdersGround ground) : IClassFixture<OrdersGround>, IAsyncLifetime
{
    private static readonly string[] Nasty =
        ["\0", "\"", "\"\"", "'", ",", "\n", "\r", "\r\n", "=", "=\"", "\uFEFF", "\u202E", "\uD83D", "\uDC00", "𠮷", "１", "1E+18", "-", "NaN", "9999999999999999999999", "2026-02-30 25:61:61", "<script>", "{0}", "\\", "\t", ";", new string('9', 400), new string('"', 33)];

    public Task InitializeAsync() => ground.EmptyAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Ten_thousand_mutated_files_end_in_counts_that_add_up()
    {
        byte[][] seeds =
        [
            await File.ReadAllBytesAsync(Path.Combine(OrdersGround.RepositoryRoot, "tests", "Callback.Tests", "Orders", "Examples", "taobao-example-gbk.csv")),
            Encoding.UTF8.GetBytes(Csv.Of(Csv.Row("A1"), Csv.Row("A2", title: "\"a, \"\"b\"\"\nc\""), Csv.Row("A1", title: "shoe"), Csv.Row("A3", "paid"))),
            Encoding.UTF8.GetBytes(TaobaoFormatTests.Header2016 + "\n" + TaobaoFormatTests.Row(TaobaoFormatTests.Header2016, ("订单编号", "1"), ("订单状态", "交易成功"), ("总金额", "1"), ("订单创建时间", "2026-11-20 10:00:00")) + "\n"),
        ];
        var random = new Random(20261122);
        var (understood, refused) = (0, 0);
        for (var i = 0; i < 10_000; i++)
        {
            if (await CountsAddUpAsync(Mutated(seeds[i % seeds.Length], random)))
                understood++;
            else
                refused++;
        }
        Assert.True(understood > 1000, $"only {understood} were understood");
        Assert.True(refused > 100, $"only {refused} were refused");
    }

    [Fact]
    public async Task Five_hundred_mutated_workbooks_end_in_counts_that_add_up()
    {
        var seed = Workbook.Of(("export", [["order_no", "status", "ordered_at", "amount"], ["A1", "paid", new DateTime(2026, 11, 20), 1d], ["A2", "unpaid", "2026-11-20 10:00:00", 2d]]));
        var random = new Random(20261122);
        for (var i = 0; i < 500; i++)
            await CountsAddUpAsync(Mutated(seed, random));
    }

    [Fact]
    public async Task A_hundred_mutated_files_go_through_the_database_and_one_bad_row_never_takes_another_along()
    {
        var seed = Encoding.UTF8.GetBytes(Csv.Of(Csv.Row("A1"), Csv.Row("A2", title: "\"a, \"\"b\"\"\nc\""), Csv.Row("A3", "paid")));
        var random = new Random(7);
        for (var i = 0; i < 100; i++)
        {
            var counts = (await ground.ImportAsync(Mutated(seed, random), $"{i}.csv")).Summary;
            Assert.Equal(counts.Read, counts.New + counts.Changed + counts.Unchanged + counts.Further + counts.Rejected);
        }
        Assert.Equal([0L], await ground.QueryAsync<long>("select count(*) from imports where state = 'Running'"));
        Assert.Equal([true], await ground.QueryAsync<bool>("select (select coalesce(sum(rows_rejected), 0) from imports) = (select count(*) from rejected_rows)"));
    }

    [Fact]
    public async Task A_row_of_every_fault_stands_between_two_good_ones()
    {
        var rows = new[] { "B\01,paid,2026-11-20 10:00:00,1", $"B2,paid,2026-11-20 10:00:00,{new string('1', 70_000)}", "B3,\"paid,2026-11-20 10:00:00,1", "B4,paid,2026-11-20 10:00:00,1,5,6,7,8,9,10,11,12", new string('B', 65) + ",paid,2026-11-20 10:00:00,1" };
        var text = Csv.Of(rows.SelectMany((row, i) => new[] { Csv.Row($"G{i}"), row }).Append(Csv.Row("G9")));
        var result = await ground.ImportAsync(text);
        Assert.Equal((11, 6, 5), (result.Summary.Read, result.Summary.New, result.Summary.Rejected));
        Assert.Equal(
            [(3, RejectReason.NulByte), (5, RejectReason.CellTooLong), (7, RejectReason.QuoteNotClosed), (9, RejectReason.TooManyCells), (11, RejectReason.OrderNoUnusable)],
            (await ground.RejectedAsync(result)).Select(row => (row.Line, row.Reason)));
    }

    [Fact]
    public async Task Reading_stops_at_the_limits_and_keeps_what_came_before()
    {
        await using var file = new MemoryStream(Encoding.UTF8.GetBytes(Csv.Of(Enumerable.Range(0, 30).Select(i => Csv.Row($"L{i:00}")))));
        var result = await ground.Importer(batchRows: 10, maxRows: 25).RunAsync(OrdersGround.Clerk, new ImportOrdersInput(OrdersGround.Shop, file, "l.csv"), CancellationToken.None);
        Assert.Equal(ImportFailure.TooManyRows, Assert.IsType<ImportResult.Refused>(result).Problem.Code);
        Assert.Equal([(long)result.Summary.New], await ground.QueryAsync<long>("select count(*) from orders"));
        var large = new ImportOrders(ground.Db, ground.Vault, OrdersGround.Formats, LocalTimePolicy.ToInstant, new ImportOptions { MaxBytes = 1024 }, ground.Time);
        await using var second = new MemoryStream(new byte[4096]);
        Assert.Equal(ImportFailure.TooLarge, Assert.IsType<ImportResult.Refused>(await large.RunAsync(OrdersGround.Clerk, new ImportOrdersInput(OrdersGround.Shop, second, "x.csv"), CancellationToken.None)).Problem.Code);
    }

    [Fact]
    public async Task Neither_phones_nor_rejected_rows_stand_readable_in_the_database()
    {
        await ground.ImportAsync(Csv.Of(Csv.Row("A1", phone: "13812345678"), Csv.Row("A2", "strange", phone: "13887654321")));
        foreach (var table in (string[])["orders", "rejected_rows", "imports", "order_events", "audit"])
            Assert.Equal([0L], await ground.QueryAsync<long>($"select count(*) from {table} t where t::text ~ '13812345678|13887654321' or t::text like '%' || encode('13812345678', 'hex') || '%' or t::text like '%' || encode('13887654321', 'hex') || '%'"));
    }

    /// <summary>Reads the file without the database.</summary>
    /// <returns>False: it was refused.</returns>
    private static async Task<bool> CountsAddUpAsync(byte[] content)
    {
        await using var file = new MemoryStream(content);
        try
        {
            var fingerprint = await FileFingerprint.TakeAsync(file, 1 << 20, CancellationToken.None);
            using var open = OrderFile.Open(file, fingerprint, OrdersGround.Formats, OrderFormatBook.Auto);
            var map = new HeaderMap(open.Format, open.Rows.Header);
            var context = new RowContext(open.Format, map, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), "CN", "CNY", LocalTimePolicy.ToInstant);
            foreach (var batch in new OrderBatches(open.Rows, new RowParser(context), open.Format, 3, 1000).Read())
                Assert.Equal(batch.Rows, batch.Orders.Count + batch.Further + batch.Rejected.Count);
            return true;
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }

    private static byte[] Mutated(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 40)));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Nasty[random.Next(Nasty.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(1, 200))));
                    break;
                default:
                    bytes.InsertRange(at, OrdersGround.Gbk.GetBytes("订单"));
                    break;
            }
            if (bytes.Count == 0)
                bytes.Add(0);
        }
        return [.. bytes];
    }
}
