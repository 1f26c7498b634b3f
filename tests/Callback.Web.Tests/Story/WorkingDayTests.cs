using Callback.Accounts;
using Callback.Database;
using Callback.Database.Clock;
using Callback.Planning;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Callback.Web.Tests.Story;

/// <summary>The whole job in a browser, on a shop's real kind of export: in, on, called once, in the log, and nothing after the window.</summary>
public sealed class WorkingDayTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ShopId Shop = ShopId.Parse("kids");

    private readonly OffsetTimeProvider time = new(TimeProvider.System);

    [Fact]
    public async Task A_gbk_export_becomes_one_call_a_record_and_never_a_second_call()
    {
        await ClockToAsync("2026-11-23T02:40:00Z");
        await using var app = await TestApp.StartAsync(database, time);
        await app.GivenShopAsync(Shop, policy: "cn-default");
        await using var browser = await Browser.StartAsync();

        var scheduler = await PageAsync(app, browser, Role.Scheduler);
        await ImportAsync(scheduler);
        await StartReminderAsync(scheduler);

        await ClockToAsync("2026-11-23T03:00:05Z");
        await PlanAsync(app);
        var user = await app.UserAsync(Role.Agent, Shop);
        var agent = await PageAsync(app, browser, user);
        await TakeAndCallAsync(agent);
        await RecordAsync(agent);

        var manager = await PageAsync(app, browser, Role.Manager);
        await manager.GotoAsync("/log");
        await Expect(manager.Locator(".data-table tbody tr")).ToHaveCountAsync(1);
        await Expect(manager.Locator(".data-table tbody")).ToContainTextAsync("无人接听");
        await Browser.KeepAsync(manager, "story-log");

        await PlanAsync(app);
        Assert.Equal(1, await CountAsync("select count(*) from attempt_rights"));
        Assert.Equal(0, await CountAsync("select count(*) from queued_call_orders q join attempt_rights r using (shop_id, purpose, order_no)"));

        await ClockToAsync("2026-11-23T04:00:05Z");
        await PlanAsync(app);
        // An hour without a request has ended the session; the state of the desk is the database's.
        agent = await PageAsync(app, browser, user);
        await agent.GotoAsync("/desk");
        await Expect(agent.Locator("#desk .waiting-opens")).ToContainTextAsync("16:00");
        await Expect(agent.Locator("[data-key=d]")).ToHaveCountAsync(0);
        await Browser.KeepAsync(agent, "story-closed");
    }

    private static async Task ImportAsync(IPage page)
    {
        var export = await File.ReadAllBytesAsync(SharedFile("taobao-example-gbk.csv"));
        await page.GotoAsync("/imports");
        await page.SetInputFilesAsync("input[name=file]", new FilePayload { Name = "ExportOrderList202611231030.csv", MimeType = "text/csv", Buffer = export });
        await page.ClickAsync("form[action^='/imports'] button.btn-primary");
        await page.WaitForURLAsync("**/imports/*");
        await Expect(page.Locator("main")).ToContainTextAsync("已完成", new() { Timeout = 20_000 });
        await Browser.KeepAsync(page, "story-import");
    }

    private static async Task StartReminderAsync(IPage page)
    {
        await page.GotoAsync("/campaigns");
        await page.SelectOptionAsync("select[name=preset]", "payment-reminder");
        await page.ClickAsync("form[action='/campaigns'] button.btn-primary");
        await page.WaitForURLAsync("**/campaigns/*");
        await Browser.KeepAsync(page, "story-campaign-new");
        await page.ClickAsync("form[action$='/start'] button");
        await Expect(page.Locator("form[action$='/pause']")).ToHaveCountAsync(1);
        await Browser.KeepAsync(page, "story-campaign");
    }

    private static async Task TakeAndCallAsync(IPage page)
    {
        await page.GotoAsync("/desk");
        await page.ClickAsync("form[action='/desk/ready'] button.btn-primary");
        await Expect(page.Locator("[data-key=d]")).ToBeVisibleAsync();
        await Browser.KeepAsync(page, "story-card");
        Assert.DoesNotContain("13800138000", await page.ContentAsync(), StringComparison.Ordinal);
        await DeskHands.TickAllAsync(page);
        await page.ClickAsync("[data-key=d]");
        await Expect(page.Locator(".number-digits")).ToBeVisibleAsync();
        await Browser.KeepAsync(page, "story-dialing");
        await page.ClickAsync("button[name=state][value=NoAnswer]");
        await Expect(page.Locator("[data-key='ctrl+enter']")).ToBeVisibleAsync();
    }

    private static async Task RecordAsync(IPage page)
    {
        await page.CheckAsync("#outcome-NoAnswer");
        await DeskHands.TickAllAsync(page);
        await Browser.KeepAsync(page, "story-result");
        await page.ClickAsync("[data-key=q]");
        await page.ClickAsync("button[name=then][value^='pause:']");
        await Expect(page.Locator("form[action='/desk/ready']")).ToBeVisibleAsync();
        await page.ClickAsync("form[action='/desk/ready'] button.btn-primary");
        await Expect(page.Locator("[data-key=d]")).ToBeVisibleAsync();
        await page.ClickAsync("[data-key=s]");
        await page.ClickAsync("button[name=skip-reason]");
    }

    private static async Task<IPage> PageAsync(TestApp app, Browser browser, Role role) => await PageAsync(app, browser, await app.UserAsync(role, Shop));

    private static async Task<IPage> PageAsync(TestApp app, Browser browser, User user) =>
        await browser.PageAsync(app.BaseAddress, session: await app.SessionAsync(user));

    private async Task ClockToAsync(string instant) => time.Offset = await InstallationClock.AgreeAsync(database.Source, instant, production: false, default);

    private Task PlanAsync(TestApp app) => app.Services.GetRequiredService<Planner>().RunOnceAsync(time.GetUtcNow(), default);

    private async Task<long> CountAsync(string sql)
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        return await session.QuerySingleAsync<long>(sql, null, default);
    }

    private static string SharedFile(string name)
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            var file = Path.Combine(here.FullName, "shared", "orders", name);
            if (File.Exists(file))
                return file;
        }
        throw new FileNotFoundException($"shared/orders/{name} stands beside the repository.");
    }
}
