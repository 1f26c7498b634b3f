using System.Net;
using System.Text.Json;
using Callback.Calls.Bridges;
using Callback.Calls.LineUse;
using Callback.Telephony.Twilio;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using TwilioFake;

namespace Callback.Web.Tests.Lines;

/// <summary>What administrators and everybody with a phone see of a line with a provider, and what those see who have none.</summary>
public sealed class LinesScreensTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ShopId Shop = new("tea");

    [Theory]
    [InlineData("zh-CN", "light", 1280, 720)]
    [InlineData("en", "dark", 1920, 1080)]
    public async Task Screens_of_a_line_pass_the_accessibility_rules_and_fit_the_width(string language, string theme, int width, int height)
    {
        await using var fake = await FakeTwilio.StartAsync();
        await using var app = await TestApp.StartAsync(database, line: fake);
        await using var browser = await Browser.StartAsync();
        foreach (var (role, path) in new[] { (Role.Admin, "/lines"), (Role.Manager, "/calls"), (Role.Agent, "/account"), (Role.Agent, "/help/twilio") })
        {
            var page = await browser.PageAsync(app.BaseAddress, language, theme, await app.SessionAsync(await app.UserAsync(role, Shop)));
            page.SetDefaultTimeout(30_000);
            await page.SetViewportSizeAsync(width, height);
            await page.GotoAsync(path);
            if (role == Role.Admin)
                await page.ClickAsync("form[action='/lines/check'] button");
            await Browser.KeepAsync(page, $"lines{path.Replace('/', '-')}-{language}-{theme}");
            var found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, $"{path}: " + string.Join("\n", found.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id} {node.Html}"))));
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{path} is too wide.");
        }
    }

    [Fact]
    public async Task Without_an_account_the_page_says_what_there_is_and_nobody_is_asked_for_a_phone()
    {
        await using var app = await TestApp.StartAsync(database);
        using var admin = await app.ClientAs(Role.Admin, Shop);
        using var agent = await app.ClientAs(Role.Agent, Shop);
        Assert.Contains("/help/twilio", await admin.GetStringAsync("/lines"), StringComparison.Ordinal);
        Assert.DoesNotContain("/lines/check", await admin.GetStringAsync("/lines"), StringComparison.Ordinal);
        Assert.DoesNotContain("/account/phone", await agent.GetStringAsync("/account"), StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"phone\"", await agent.GetStringAsync("/desk"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_token_is_told_in_words_and_no_secret_is_shown()
    {
        await using var fake = await FakeTwilio.StartAsync(new() { AuthToken = "the-right-token-of-the-account-0" });
        await using var app = await TestApp.StartAsync(
            database, services: services => services.AddSingleton(Account(fake) with { AuthToken = "a-wrong-token" }), line: fake);
        using var admin = await app.ClientAs(Role.Admin, Shop);
        var answer = await admin.PostFormAsync("/lines/check", "/lines");
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Contains("does not accept the account's credentials", html, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-token", html, StringComparison.Ordinal);
        Assert.DoesNotContain("right-token", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_set_the_browser_as_phone_is_given_a_token_for_it()
    {
        await using var fake = await FakeTwilio.StartAsync();
        await using var app = await TestApp.StartAsync(
            database, services: services => services.AddSingleton(Account(fake) with { ApiKey = fake.Options.ApiKey, ApiSecret = fake.Options.ApiSecret }), line: fake);
        var user = await app.UserAsync(Role.Agent, Shop);
        using var client = await app.ClientOf(user);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/softphone/token")).StatusCode);

        var save = app.Services.GetRequiredService<SaveAgentLeg>();
        await save.RunAsync(Actor.System("test") with { UserId = user.UserId }, new(null, LegKind.Softphone, null, KeepOpen: true), default);
        var answer = await client.GetAsync("/softphone/token");
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var token = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("token").GetString()!;
        var payload = JsonDocument.Parse(Convert.FromBase64String(Padded(token.Split('.')[1]))).RootElement;
        Assert.Equal($"agent_{user.UserId:N}", payload.GetProperty("grants").GetProperty("identity").GetString());

        await save.RunAsync(Actor.System("test") with { UserId = user.UserId }, new(null, LegKind.Phone, "+12025550143", KeepOpen: true), default);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/softphone/token")).StatusCode);
    }

    private static TwilioAccount Account(FakeTwilio fake) => new()
    {
        AccountSid = fake.Options.AccountSid,
        AuthToken = fake.Options.AuthToken,
        BaseAddress = fake.BaseAddress,
        PublicAddress = new("http://127.0.0.1:1"),
    };

    private static string Padded(string part) => part.Replace('-', '+').Replace('_', '/').PadRight((part.Length + 3) / 4 * 4, '=');
}
