using System.Net;
using Callback.Accounts;
using Callback.Telephony.Twilio;
using Callback.Web.Components.Desk.Phone;
using Callback.Web.SignIn;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.SignIn;

public sealed class HeadersTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/no-such-page")]
    [InlineData("/api/v1/shops/tea/orders")]
    public async Task Every_answer_says_what_the_browser_may_do_ASVS_3_4(string path)
    {
        using var client = shared.App.Stranger(out _);
        var answer = await client.GetAsync(path);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        foreach (var part in new[] { "default-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'", "object-src 'none'", "img-src 'self' data:" })
            Assert.Contains(part, policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Only_where_the_browser_is_a_phone_may_a_page_reach_the_provider_and_the_microphone_ASVS_3_4_3()
    {
        var account = new TwilioAccount
        {
            AccountSid = "AC" + new string('0', 32),
            AuthToken = "t",
            ApiKey = "SK" + new string('0', 32),
            ApiSecret = "s",
            PublicAddress = new("https://calls.example"),
            BaseAddress = new("https://api.dublin.ie1.twilio.com"),
        };
        await using var app = await TestApp.StartAsync(shared.Database, services: services => services.AddSingleton(new Softphone(account, isBuiltIn: true)));
        const string phone = SecurityHeaders.ContentPolicy
            + "; connect-src 'self' wss://voice-js.roaming.twilio.com https://eventgw.ie1.twilio.com; media-src 'self' mediastream:";
        foreach (var (where, path, policy, microphone) in new[]
                 {
                     (app, "/desk", phone, "microphone=(self)"), (app, "/calls", phone, "microphone=(self)"), (app, "/log", SecurityHeaders.ContentPolicy, "microphone=()"),
                     (shared.App, "/desk", SecurityHeaders.ContentPolicy, "microphone=()"),
                 })
        {
            using var client = where.Stranger(out _);
            var answer = await client.GetAsync(path);
            Assert.Equal(policy, answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Contains(microphone, answer.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("POST", "/sign-in", "*/*")]
    [InlineData("GET", "/account", "text/event-stream")]
    public async Task What_another_sites_page_sends_is_refused_ASVS_3_5_3(string method, string path, string accept)
    {
        using var client = shared.App.Stranger(out _);
        foreach (var (origin, foreign) in new[] { ("https://evil.example", true), ("null", true), ($"http://{shared.App.BaseAddress.Authority}", false) })
        {
            var request = new HttpRequestMessage(new(method), path);
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Accept", accept);
            Assert.Equal(foreign, (await client.SendAsync(request)).StatusCode == HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task A_browser_keeps_the_cookie_over_plain_http_on_the_machine_itself()
    {
        var user = await shared.App.UserAsync(Role.Agent, SharedApp.Shop, "chrome");
        var created = await shared.App.Services.GetRequiredService<ResetSignIn>().RunAsync(Actor.System("test"), user.UserId, default);
        await using var browser = await Browser.StartAsync();
        var page = await browser.PageAsync(shared.App.BaseAddress, "en");
        await page.GotoAsync("/sign-in");
        await page.FillAsync("input[name=name]", "chrome");
        await page.FillAsync("input[name=password]", created);
        await page.ClickAsync("main button.btn-primary");
        await page.WaitForURLAsync("**/sign-in/password");
        await Browser.KeepAsync(page, "accounts-password");
        await page.FillAsync("input[name=current]", created);
        await page.FillAsync("input[name=password]", "vlugaro tinbesk morwen");
        await page.FillAsync("input[name=again]", "vlugaro tinbesk morwen");
        await page.ClickAsync("main button.btn-primary");
        await page.GotoAsync("/account");
        Assert.EndsWith("/account", page.Url, StringComparison.Ordinal);
        await Browser.KeepAsync(page, "accounts-account");
        var cookie = (await page.Context.CookiesAsync()).Single(cookie => cookie.Name == SignInCookie.Name);
        Assert.True(cookie is { Secure: true, HttpOnly: true, SameSite: Microsoft.Playwright.SameSiteAttribute.Strict });
        Assert.Empty(shared.App.Services.GetRequiredService<CspReports>().Kept);
    }

    [Fact]
    public async Task A_key_over_its_limit_is_told_to_wait_and_others_are_not_ASVS_2_4_1()
    {
        await using var app = await TestApp.StartAsync(shared.Database, services: services => services.AddSingleton(new SignInOptions { KeyRequestsPerMinute = 60 }));
        using var busy = await app.KeyClientAsync(SharedApp.Shop, [KeyScope.Log]);
        using var other = await app.KeyClientAsync(SharedApp.Shop, [KeyScope.Log]);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 70; i++)
            statuses.Add((await busy.GetAsync("/api/v1/shops/tea/orders")).StatusCode);
        // A minute's window may turn once while the test runs; two windows would allow 120.
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await other.GetAsync("/api/v1/shops/tea/orders")).StatusCode);
    }
}
