using System.Text;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Orders;
using Callback.Orders.Formats;
using Callback.Tests.Support;
using Callback.Windows;

namespace Callback.Tests.Orders;

/// <summary>A database with one shop, and everything that imports into it.</summary>
public sealed class OrdersGround : IAsyncLifetime
{
    private readonly TestDatabase database = new();

    public static readonly ShopId Shop = new("plum");
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);
    public static readonly Actor Clerk = Actor.System("clerk");

    public static string RepositoryRoot { get; } = Root();

    public static string ConfigFolder => Path.Combine(RepositoryRoot, "config");

    public static OrderFormatBook Formats { get; } = OrderFormatBook.Load(ConfigFolder);

    public static Encoding Gbk { get; } = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public ManualTime Time { get; } = new(Start);

    public PersonalDataVault Vault { get; } = new(Keyring.Create());

    public Db Db => database.Db;

    public TestDatabase Database => database;

    public Task DisposeAsync() => database.DisposeAsync();

    public async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await AddShopAsync(Shop.Value, "Asia/Shanghai", "CN", "CNY");
        await AddShopAsync("maple", "America/New_York", "US", "USD");
    }

    public ImportOrders Importer(int batchRows = 10_000, OrderFormatBook? formats = null, int maxRows = 2_000_000) =>
        new(Db, Vault, formats ?? Formats, LocalTimePolicy.ToInstant, new ImportOptions { BatchRows = batchRows, MaxRows = maxRows }, Time);

    public Task<ImportResult> ImportAsync(string csv, string fileName = "orders.csv", DateTimeOffset? asOf = null, string format = "auto", Encoding? encoding = null, ShopId? shop = null, int batchRows = 10_000) =>
        ImportAsync((encoding ?? new UTF8Encoding(false)).GetBytes(csv), fileName, asOf, format, shop, batchRows);

    public async Task<ImportResult> ImportAsync(byte[] file, string fileName = "orders.csv", DateTimeOffset? asOf = null, string format = "auto", ShopId? shop = null, int batchRows = 10_000)
    {
        await using var stream = new MemoryStream(file);
        return await Importer(batchRows).RunAsync(Clerk, new ImportOrdersInput(shop ?? Shop, stream, fileName, format, asOf), CancellationToken.None);
    }

    public Task<IReadOnlyList<RejectedRow>> RejectedAsync(ImportResult result) =>
        new ImportQueries(Db, Vault).RejectedAsync(Clerk, result.Summary.ShopId, result.Summary.ImportId, 0, 10_000, CancellationToken.None);

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? args = null)
    {
        await using var session = await Db.BeginAsync(ShopScope.All, CancellationToken.None);
        return await session.QueryAsync<T>(sql, args, CancellationToken.None);
    }

    public async Task ExecuteAsync(string sql, object? args = null)
    {
        await using var session = await Db.BeginAsync(ShopScope.All, CancellationToken.None);
        await session.ExecuteAsync(sql, args, CancellationToken.None);
        await session.CommitAsync();
    }

    public Task EmptyAsync() => ExecuteAsync("truncate orders, order_events, candidates, rejected_rows, imports, phone_reveals");

    private Task AddShopAsync(string shop, string zone, string country, string currency) => ExecuteAsync(
        """
        insert into shops (shop_id, name, zone, language, country, currency, policy, created_at)
        values (@shop, @shop, @zone, 'zh-CN', @country, @currency, 'cn-default', @at)
        """,
        new { shop, zone, country, currency, at = Start });

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Callback.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests must run inside the repository.");
    }
}
