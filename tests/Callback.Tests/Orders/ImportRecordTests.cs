using System.Text;
using Callback.Orders;

namespace Callback.Tests.Orders;

/// <summary>What is written down about an import, and what is handed out again.</summary>
public sealed class ImportRecordTests(OrdersGround ground) : IClassFixture<OrdersGround>, IAsyncLifetime
{
    private const string TaobaoRow = "订单编号,买家会员名,总金额,订单状态,订单创建时间\n1,t,1.00,交易关闭,2026-11-20 10:00:00\n";

    public Task InitializeAsync() => ground.EmptyAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("ExportOrderList202611211000.csv", "2026-11-21T02:00:00Z")]
    [InlineData("exportorderlist202611211000 (1).csv", "2026-11-21T02:00:00Z")]
    [InlineData("ExportOrderList202611999999.csv", "2026-11-22T03:00:00Z")]
    [InlineData("ExportOrderList203011211000.csv", "2026-11-22T03:00:00Z")]
    [InlineData("orders.csv", "2026-11-22T03:00:00Z")]
    public async Task The_as_of_is_the_files_own_time_never_later_than_now(string name, string asOf)
    {
        ground.Time.MoveTo(OrdersGround.Start);
        Assert.Equal(DateTimeOffset.Parse(asOf, null), (await ground.ImportAsync(TaobaoRow + new string('\n', name.Length), name)).Summary.AsOf);
    }

    [Fact]
    public async Task A_given_as_of_goes_before_the_name_and_must_not_lie_in_the_future()
    {
        var given = ground.Time.GetUtcNow().AddHours(-2);
        Assert.Equal(given, (await ground.ImportAsync(TaobaoRow, "ExportOrderList202611211000.csv", given)).Summary.AsOf);
        var refused = Assert.IsType<ImportResult.Refused>(await ground.ImportAsync(TaobaoRow, asOf: ground.Time.GetUtcNow().AddMinutes(1)));
        Assert.Equal(ImportFailure.AsOfInFuture, refused.Problem.Code);
    }

    [Fact]
    public async Task Every_import_is_recorded_and_audited_with_who_what_and_how_many()
    {
        var bytes = Encoding.UTF8.GetBytes(Csv.Of(Csv.Row("A1"), Csv.Row("A2", "strange")));
        await ground.ImportAsync(bytes, "o.csv");
        var (file, sha, who, counts, state) = (await ground.QueryAsync<(string, byte[], string, string, string)>(
            "select file_name, sha256, actor_name, concat_ws(' ', rows_read, rows_new, rows_changed, rows_unchanged, rows_further, rows_rejected), state from imports")).Single();
        Assert.Equal(("o.csv", "clerk", "2 1 0 0 0 1", "Done"), (file, who, counts, state));
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(bytes), sha);
        Assert.Contains("orders.imported clerk", await ground.QueryAsync<string>("select action || ' ' || actor_name from audit"));
    }

    [Fact]
    public async Task Rejected_rows_are_handed_out_as_a_file_that_can_be_corrected_and_imported()
    {
        const string file = "订单编号,买家会员名,总金额,订单状态,订单创建时间,宝贝标题\n\"=\"\"3193067985817064701\"\"\",t1,abc,交易关闭,2026-11-20 10:00:00,\"=cmd|' /C calc'!A0\"\n2,t2,1,火星,2026-11-20 10:00:00,\"two\nlines, \"\"quoted\"\"\"\n";
        var result = await ground.ImportAsync(OrdersGround.Gbk.GetBytes(file));
        await using var handed = new MemoryStream();
        Assert.True(await new HandOutRejectedRows(ground.Db, new ImportQueries(ground.Db, ground.Vault), ground.Time).RunAsync(OrdersGround.Clerk, OrdersGround.Shop, result.Summary.ImportId, handed, CancellationToken.None));
        var text = Encoding.UTF8.GetString(handed.ToArray());
        Assert.Contains("'=cmd|", text, StringComparison.Ordinal);
        Assert.DoesNotContain(",=", text, StringComparison.Ordinal);
        Assert.Contains("StatusUnknown: 订单状态", text, StringComparison.Ordinal);
        var again = await ground.ImportAsync(text.Replace("abc", "5.00", StringComparison.Ordinal).Replace("火星", "交易成功", StringComparison.Ordinal));
        Assert.Equal(("taobao", 2, 2, 0), (again.Summary.Format, again.Summary.Read, again.Summary.New, again.Summary.Rejected));
        Assert.Equal(
            [("2", "two\nlines, \"quoted\""), ("3193067985817064701", "=cmd|' /C calc'!A0")],
            await ground.QueryAsync<(string, string)>("select order_no, items->0->>'title' from orders order by order_no"));
    }

    [Fact]
    public async Task An_import_whose_program_vanished_is_marked_and_a_running_one_is_not()
    {
        var importer = ground.Importer();
        var lost = await importer.BeginAsync(OrdersGround.Clerk, OrdersGround.Shop, ImportSource.File, "lost.csv", CancellationToken.None);
        ground.Time.Advance(TimeSpan.FromMinutes(11));
        await importer.BeginAsync(OrdersGround.Clerk, OrdersGround.Shop, ImportSource.File, "alive.csv", CancellationToken.None);
        await new ImportWatch(ground.Db).RunOnceAsync(ground.Time.GetUtcNow(), CancellationToken.None);
        Assert.Equal(["alive.csv Running", "lost.csv Failed"], await ground.QueryAsync<string>("select file_name || ' ' || state from imports order by file_name"));
        var summary = await new ImportQueries(ground.Db, ground.Vault).FindAsync(OrdersGround.Clerk, OrdersGround.Shop, lost, CancellationToken.None);
        Assert.Equal(ImportFailure.Interrupted, summary!.Failure!.Code);
    }
}
