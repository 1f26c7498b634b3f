using Callback.Accounts;
using Callback.Campaigns;
using Callback.Database;
using Callback.Orders;
using Callback.Planning;

namespace Callback.Web.Demo;

/// <summary>
/// Furnishes a demo by the same steps a shop would take: a practice shop, three users, an export that is imported, two campaigns switched on. Running it again finds what
/// is there; only when the last export is too old to call from, a new day's orders are added.
/// </summary>
internal sealed partial class DemoShop(
    Db db, TimeProvider time, Surroundings surroundings, SaveShop saveShop, CreateUser createUser, ImportOrders import, CreateCampaign createCampaign, StartCampaign startCampaign,
    Planner planner, DemoLine line, ILogger<DemoShop> log)
{
    public static readonly ShopId Shop = new("demo");

    /// <summary>Sign-in name, shown name, role.</summary>
    public static readonly IReadOnlyList<(string Name, string DisplayName, Role Role)> Users =
        [("agent", "小梅", Role.Agent), ("scheduler", "阿程", Role.Scheduler), ("manager", "周店长", Role.Manager)];

    private static readonly Actor Furnisher = Actor.System("demo");
    private static readonly string[] Presets = ["payment-reminder", "delivery-call-back"];

    // Payment reminders take data of at most twelve hours; a working day that starts fresh lasts.
    private static readonly TimeSpan Stale = TimeSpan.FromHours(6);
    private static readonly TimeSpan ExportTakes = TimeSpan.FromMinutes(5);

    public async Task FurnishAsync(CancellationToken ct)
    {
        await AddShopAsync(ct);
        foreach (var (name, displayName, role) in Users)
            await AddUserAsync(name, displayName, role, ct);
        await line.SetUpAsync(Furnisher, Shop, ct);
        await ImportAsync(ct);
        foreach (var preset in Presets)
            await StartAsync(preset, ct);
        await planner.RunOnceAsync(Shop, time.GetUtcNow(), ct);
    }

    private async Task AddShopAsync(CancellationToken ct)
    {
        if (await CountAsync("select count(*) from shops where shop_id = @shop", null, ct) > 0)
        {
            await DemandSameKindAsync(ct);
            return;
        }
        var shop = new Shop { ShopId = Shop, Name = "梅子童装（演示）", Zone = "Asia/Shanghai", Language = "zh-CN", Country = "CN", Currency = "CNY", Policy = "cn-default", Practice = !line.Calls };
        await saveShop.AddAsync(Furnisher, shop, ct);
    }

    /// <summary>A practice shop never calls, and a shop that calls never practises: that is fixed with the shop.</summary>
    private async Task DemandSameKindAsync(CancellationToken ct)
    {
        if (await CountAsync("select count(*) from shops where shop_id = @shop and practice", null, ct) > 0 == line.Calls)
            throw new RefusalException($"The demo in {surroundings.DataFolder} was begun {(line.Calls ? "without" : "with")} a telephone line. Give this one a folder of its own: CALLBACK_DATA.");
    }

    private async Task AddUserAsync(string name, string displayName, Role role, CancellationToken ct)
    {
        if (await CountAsync("select count(*) from users where name = @name", name, ct) == 0)
            await createUser.RunAsync(Furnisher, new CreateUserInput(name, displayName, IsAdmin: false, [new Membership(Shop, role)]), ct);
    }

    private async Task ImportAsync(CancellationToken ct)
    {
        var asOf = time.GetUtcNow() - ExportTakes;
        await using (var session = await db.BeginAsync(Shop, ct))
        {
            var last = await session.QuerySingleOrDefaultAsync<DateTimeOffset?>("select max(as_of) from imports where shop_id = @shop and state = 'Done'", new { shop = Shop }, ct);
            if (last > asOf - Stale && last <= asOf + ExportTakes)
                return;
        }
        var file = DemoExport.Make(TimeZoneInfo.ConvertTime(asOf, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).DateTime);
        var folder = Directory.CreateDirectory(Path.Combine(surroundings.DataFolder, "demo")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, file.Name), file.Content, ct);
        await using var stream = new MemoryStream(file.Content);
        var result = await import.RunAsync(Furnisher, new ImportOrdersInput(Shop, stream, file.Name), ct);
        Imported(log, file.Name, result.Summary.New, result.Summary.Rejected);
    }

    private async Task StartAsync(string preset, CancellationToken ct)
    {
        Campaign? campaign;
        await using (var session = await db.BeginAsync(Shop, ct))
            campaign = await CampaignQueries.FindByCodeAsync(session, Shop, preset, ct);
        if (campaign is not null)
            return;
        campaign = await line.UseAsync(Furnisher, await createCampaign.RunAsync(Furnisher, new CreateCampaignInput(Shop, preset), ct), ct);
        await startCampaign.RunAsync(Furnisher, new(Shop, campaign.CampaignId), ct);
    }

    private async Task<long> CountAsync(string sql, string? name, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QuerySingleAsync<long>(sql, new { shop = Shop, name }, ct);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The demo shop has {Orders} new orders from {File}; {Rejected} rows were rejected.")]
    private static partial void Imported(ILogger log, string file, int orders, int rejected);
}
