using Callback.Web.SignIn;
using Callback.Web.Tests.SignIn;
using Callback.Web.Tests.Support;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Callback.Web.Tests.Receivers;

/// <summary>An administrator adds a receiver, tries it, reads what came of it and ends it.</summary>
public sealed class ReceiverScreensTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_receiver_is_added_tried_and_ended_in_the_browser()
    {
        var session = await shared.App.SessionAsync(await shared.App.UserAsync(Role.Admin, SharedApp.Shop));
        await using var browser = await Browser.StartAsync();
        var page = await browser.PageAsync(shared.App.BaseAddress, "en", session: session);
        await page.GotoAsync("/receivers");
        await page.FillAsync("input[name=name]", "Our order system");
        await page.SelectOptionAsync("select[name=atShop]", "tea");
        await page.FillAsync("input[name=url]", "http://example.com/events");
        await page.ClickAsync("form[action='/receivers'] button.btn-primary");
        await Expect(page.Locator("main")).ToContainTextAsync("begins with https://");
        await Browser.KeepAsync(page, "receivers-refused-en");
        await page.FillAsync("input[name=url]", "https://localhost:9/events");
        await page.ClickAsync("form[action='/receivers'] button.btn-primary");
        Assert.StartsWith("whsec_", await page.InnerTextAsync("[data-secret]"), StringComparison.Ordinal);

        await page.GotoAsync("/receivers");
        await page.ClickAsync("text=Our order system");
        await page.ClickAsync("form[action$='/test'] button");
        await Expect(page.Locator("#flash .notice")).ToBeVisibleAsync();
        var pass = shared.App.Services.GetServices<IPass>().Single(pass => pass.Name == "deliver-events");
        await pass.RunOnceAsync(shared.App.Services.GetRequiredService<TimeProvider>().GetUtcNow(), default);
        await page.ReloadAsync();
        await Expect(page.Locator(".data-table")).ToContainTextAsync("not on the public internet");
        var chinese = await browser.PageAsync(shared.App.BaseAddress, session: session);
        foreach (var (looked, address, language) in new[] { (page, page.Url, "en"), (page, "/receivers", "en"), (chinese, page.Url, "zh-CN"), (chinese, "/receivers", "zh-CN") })
            await LookAsync(looked, address, language);

        await chinese.ClickAsync("text=Our order system");
        await chinese.ClickAsync(".confirm summary");
        await chinese.ClickAsync(".confirm[open] .btn-danger");
        await Expect(chinese.Locator(".data-table")).ToContainTextAsync("已停用");
        Assert.Empty(shared.App.Services.GetRequiredService<CspReports>().Kept);
    }

    private static async Task LookAsync(IPage page, string address, string language)
    {
        await page.GotoAsync(address);
        await Browser.KeepAsync(page, $"receivers-{(address == "/receivers" ? "list" : "one")}-{language}");
        Assert.Equal([], (await page.RunAxe()).Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}")));
    }
}
