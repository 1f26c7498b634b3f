using System.Text.Json;
using Callback.Orders;

namespace Callback.Tests.Orders;

public sealed class DropFolderTests(OrdersGround ground) : IClassFixture<OrdersGround>, IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("callback-drop");

    public Task InitializeAsync() => ground.EmptyAsync();

    public Task DisposeAsync()
    {
        data.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private DropFolder NewPass() =>
        new(ground.Importer(), new ImportQueries(ground.Db, ground.Vault), ground.Db, new Surroundings(OrdersGround.ConfigFolder, data.FullName, Production: false, Demo: false));

    private string Folder(string name = "") => Path.Combine(data.FullName, "drop", "plum", name);

    private static string[] Names(string folder) => Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)!).Order()] : [];

    private Task RunAsync(DropFolder pass) => pass.RunOnceAsync(ground.Time.GetUtcNow(), CancellationToken.None);

    [Fact]
    public async Task A_file_is_imported_once_it_stands_still_and_moves_to_done_with_its_result()
    {
        var pass = NewPass();
        await RunAsync(pass);
        await File.WriteAllTextAsync(Folder("orders.csv"), Csv.Of(Csv.Row("A1")));
        await RunAsync(pass);
        await File.AppendAllTextAsync(Folder("orders.csv"), Csv.Row("A2", "strange") + "\n");
        await RunAsync(pass);
        Assert.Empty(await ground.QueryAsync<string>("select order_no from orders"));
        await RunAsync(pass);
        Assert.Equal(["A1"], await ground.QueryAsync<string>("select order_no from orders"));
        Assert.Empty(Names(Folder()));
        var done = Names(Folder("done"));
        Assert.Equal(2, done.Length);
        Assert.EndsWith("-orders.csv", done[0], StringComparison.Ordinal);
        using var result = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Folder("done"), done[1])));
        Assert.Equal((2, 1, 1), (result.RootElement.GetProperty("read").GetInt32(), result.RootElement.GetProperty("new").GetInt32(), result.RootElement.GetProperty("rejected").GetInt32()));
        Assert.Equal("StatusUnknown", result.RootElement.GetProperty("rejectedRows")[0].GetProperty("reason").GetString());
        Assert.Equal(["DropFolder"], await ground.QueryAsync<string>("select source from imports"));
    }

    [Fact]
    public async Task A_file_that_is_refused_moves_to_failed_and_says_why()
    {
        Directory.CreateDirectory(Folder());
        await File.WriteAllTextAsync(Folder("odd.csv"), "what,is,this\n1,2,3\n");
        var pass = NewPass();
        await RunAsync(pass);
        await RunAsync(pass);
        var failed = Names(Folder("failed"));
        Assert.Contains(ImportFailure.HeaderUnknown, await File.ReadAllTextAsync(Path.Combine(Folder("failed"), failed[1])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_files_hidden_ones_and_one_that_another_program_holds_are_left_alone()
    {
        Directory.CreateDirectory(Folder());
        await File.WriteAllTextAsync(Folder(".orders.csv"), Csv.Of(Csv.Row("A1")));
        await File.WriteAllTextAsync(Folder("orders.pdf"), "x");
        await File.WriteAllTextAsync(Folder("held.csv"), Csv.Of(Csv.Row("A2")));
        await using (new FileStream(Folder("held.csv"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var pass = NewPass();
            await RunAsync(pass);
            await RunAsync(pass);
        }
        Assert.Equal([".orders.csv", "held.csv", "orders.pdf"], Names(Folder()));
        Assert.Empty(await ground.QueryAsync<string>("select order_no from orders"));
    }
}
