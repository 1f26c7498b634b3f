using Callback.Accounts;
using Callback.Web.SignIn;
using Callback.Web.Tests.Support;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.SignIn;

/// <summary>The administration in a real browser: no fault of access, nothing the content policy refuses; pictures where CALLBACK_SCREENSHOTS names a folder.</summary>
public sealed class AccountScreensTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static readonly string[] Pages = ["/users", "/shops", "/shops/tea", "/keys", "/audit", "/account", "/sign-in/password"];

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task The_administration_can_be_read_by_everybody(string language)
    {
        var admin = await shared.App.UserAsync(Role.Admin, SharedApp.Shop);
        await shared.App.UserAsync(Role.Manager, SharedApp.Shop);
        var user = await shared.App.UserAsync(Role.Agent, SharedApp.Shop);
        (await shared.App.KeyClientAsync(SharedApp.Shop, [KeyScope.Orders, KeyScope.Desk], user.Name)).Dispose();
        await using var browser = await Browser.StartAsync();
        var page = await browser.PageAsync(shared.App.BaseAddress, language, session: await shared.App.SessionAsync(admin));
        foreach (var path in Pages.Append($"/users/{user.UserId}"))
        {
            await page.GotoAsync(path);
            await Browser.KeepAsync(page, $"accounts{path.Replace('/', '-')}-{language}");
            Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{path}: {violation.Id}"));
        }
        Assert.Empty(shared.App.Services.GetRequiredService<CspReports>().Kept);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task Pages_before_sign_in_can_be_read_by_everybody(string language)
    {
        await using var browser = await Browser.StartAsync();
        var page = await browser.PageAsync(shared.App.BaseAddress, language);
        foreach (var path in new[] { "/sign-in", "/set-up", "/sign-in/code" })
        {
            await page.GotoAsync(path);
            await Browser.KeepAsync(page, $"accounts{path.Replace('/', '-')}-{language}");
            Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{path}: {violation.Id}"));
        }
    }

    [Fact]
    public async Task A_new_key_is_shown_once_and_can_be_revoked()
    {
        var admin = await shared.App.UserAsync(Role.Admin, SharedApp.Shop);
        await using var browser = await Browser.StartAsync();
        var page = await browser.PageAsync(shared.App.BaseAddress, "en", session: await shared.App.SessionAsync(admin));
        await page.GotoAsync("/keys");
        await page.FillAsync("input[name=name]", "till");
        await page.SelectOptionAsync("select[name=atShop]", "tea");
        await page.ClickAsync("form[action^='/keys'] button.btn-primary");
        Assert.Contains("Choose at least one scope.", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await page.CheckAsync("input[value=Log]");
        await page.ClickAsync("form[action^='/keys'] button.btn-primary");
        var key = await page.InnerTextAsync("[data-secret]");
        Assert.StartsWith("cbk.tea.", key, StringComparison.Ordinal);
        await Browser.KeepAsync(page, "accounts-key-added");
        await page.GotoAsync("/keys");
        Assert.DoesNotContain(key, await page.ContentAsync(), StringComparison.Ordinal);
        var find = shared.App.Services.GetRequiredService<FindApiKey>();
        Assert.NotNull(await find.RunAsync(key, default));
        var row = page.Locator("tr", new() { HasText = "till" });
        await row.Locator("summary").ClickAsync();
        await row.Locator("button.btn-danger").ClickAsync();
        await page.WaitForSelectorAsync("#flash .notice");
        Assert.Null(await find.RunAsync(key, default));
    }

    [Fact]
    public async Task Everything_for_a_second_factor_happens_in_the_browser()
    {
        var created = await shared.App.Services.GetRequiredService<CreateUser>()
            .RunAsync(Actor.System("test"), new("browsing", null, false, [new(SharedApp.Shop, Role.Scheduler)], "en"), default);
        await using var browser = await Browser.StartAsync();
        var page = await browser.PageAsync(shared.App.BaseAddress, "en");
        await page.GotoAsync("/sign-in");
        await page.FillAsync("input[name=name]", "browsing");
        await page.FillAsync("input[name=password]", created.OneTimePassword);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/sign-in/password");
        await page.FillAsync("input[name=current]", created.OneTimePassword);
        await page.FillAsync("input[name=password]", "vlugaro tinbesk");
        await page.FillAsync("input[name=again]", "vlugaro tinbesk");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/sign-in/second-factor");
        await Browser.KeepAsync(page, "accounts-second-factor");
        Assert.Empty((await page.RunAxe()).Violations.Select(violation => violation.Id));
        var secret = (await page.InnerTextAsync("[data-secret]")).Replace(" ", "", StringComparison.Ordinal);
        await page.FillAsync("input[name=code]", Totp.CodeAt(secret, Totp.StepAt(TimeProvider.System.GetUtcNow())));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".secret-list");
        await Browser.KeepAsync(page, "accounts-recovery");
        Assert.Equal(10, await page.Locator(".secret-list li").CountAsync());
        await page.ClickAsync("main a.btn-primary");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }
}
