using System.Text.Json;
using Callback.Database;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Callback.Web.Verbs;

namespace Callback.Web.Tests.Verbs;

/// <summary><c>callback import</c> as it is typed.</summary>
public sealed class ImportVerbTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("callback-verb-");

    public async Task InitializeAsync()
    {
        var keyring = Path.Combine(folder.FullName, "keyring.json");
        await File.WriteAllTextAsync(keyring, TestApp.TestKeys.ToJson());
        File.SetUnixFileMode(keyring, UnixFileMode.UserRead);
        await using var session = await database.Db.BeginAsync(ShopScope.All, CancellationToken.None);
        await session.ExecuteAsync(
            """
            insert into shops (shop_id, name, zone, language, country, currency, policy, created_at)
            values ('plum', 'plum', 'Asia/Shanghai', 'zh-CN', 'CN', 'CNY', 'cn-default', clock_timestamp())
            on conflict do nothing
            """,
            null,
            CancellationToken.None);
        await session.CommitAsync();
    }

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] words)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var parsed = VerbList.Root().Parse([.. words, "--data", folder.FullName, "--set", $"database.connectionString={database.ConnectionString}"]);
        var code = await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }

    private async Task<string> FileAsync(string name, string content)
    {
        var path = Path.Combine(folder.FullName, name);
        await File.WriteAllTextAsync(path, content);
        return path;
    }

    [Fact]
    public async Task It_prints_one_object_with_counts_and_rejected_rows_and_a_second_run_changes_nothing()
    {
        var file = await FileAsync("orders.csv", "order_no,status,ordered_at,amount,phone\nA1,unpaid,2026-01-20 10:00:00,1,13800138000\n3.19307E+18,paid,2026-01-20 10:00:00,1,\n");
        var (code, output, _) = await RunAsync("import", "--shop", "plum", "--as-of", "2026-01-20T12:00:00+08:00", file, "--json");
        Assert.Equal(VerbContext.Done, code);
        using var first = JsonDocument.Parse(output);
        Assert.Equal([2, 1, 0, 0, 1], Counts(first));
        var rejected = first.RootElement.GetProperty("rejectedRows")[0];
        Assert.Equal((3, "order_no", "3.19307E+18", "NumberLost"), (rejected.GetProperty("line").GetInt32(), rejected.GetProperty("column").GetString(), rejected.GetProperty("value").GetString(), rejected.GetProperty("reason").GetString()));
        using var second = JsonDocument.Parse((await RunAsync("import", "--shop", "plum", file, "--json")).Output);
        Assert.Equal([2, 0, 0, 1, 1], Counts(second));
        Assert.DoesNotContain("13800138000", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_file_says_why_in_a_sentence_and_ends_with_code_1()
    {
        var odd = await FileAsync("odd.csv", "订单编号,买家会员名,总金额\n1,2,3\n");
        var (code, output, _) = await RunAsync("import", "--shop", "plum", odd);
        Assert.Equal(VerbContext.Failed, code);
        Assert.Contains("Nearest is “taobao”; these columns are missing: 订单状态, 订单创建时间", output, StringComparison.Ordinal);
        Assert.Equal(VerbContext.Failed, (await RunAsync("import", "--shop", "nowhere", odd)).Code);
        Assert.Equal(VerbContext.WrongUse, (await RunAsync("import", "--shop", "plum", "--as-of", "yesterday", odd)).Code);
    }

    private static int[] Counts(JsonDocument answer) => [.. new[] { "read", "new", "changed", "unchanged", "rejected" }.Select(name => answer.RootElement.GetProperty(name).GetInt32())];
}
