using System.Net;
using Callback.Database;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.Policies;

public sealed class PoliciesPageTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ManualTime Noon = new(new(2026, 11, 23, 4, 0, 0, TimeSpan.Zero)); // 12:00 in Shanghai

    [Fact]
    public async Task A_scheduler_sees_the_rules_in_force_and_why_the_window_is_closed_now()
    {
        var shop = new ShopId("policy-page");
        await using var app = await TestApp.StartAsync(database, Noon);
        await app.GivenShopAsync(shop, policy: "cn-default", language: "en");
        await CampaignAsync(app, shop, """{"mon":["11:00-11:30"],"tue":["10:00-11:00"]}""");
        using var client = await app.ClientAs(Role.Scheduler, shop);

        var page = WebUtility.HtmlDecode(await client.GetStringAsync("/policies"));

        Assert.Contains("Mainland China: the shops' best hours", page, StringComparison.Ordinal);
        Assert.Contains("Outside the window.", page, StringComparison.Ordinal);
        Assert.Contains("Opens today 16:00", page, StringComparison.Ordinal);
        Assert.Contains("11:00-11:30", page, StringComparison.Ordinal);
        Assert.Contains("Tue: asked 10:00-11:00, allowed 11:00-12:00, 16:00-20:30", page, StringComparison.Ordinal);
        Assert.Contains("The calendar “cn” has no 2027 yet", page, StringComparison.Ordinal);
        Assert.Contains("not legal advice", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_year_without_a_calendar_is_named_as_a_fault()
    {
        var shop = new ShopId("policy-year");
        await using var app = await TestApp.StartAsync(database, Noon);
        await app.GivenShopAsync(shop, policy: "cn-default");
        using var client = await app.ClientAs(Role.Scheduler, shop);

        Assert.Contains("The calendar “cn” has no 2028", WebUtility.HtmlDecode(await client.GetStringAsync("/policies?year=2028")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_with_an_unknown_policy_is_told_that_nobody_is_called()
    {
        var shop = new ShopId("policy-lost");
        await using var app = await TestApp.StartAsync(database, Noon);
        await app.GivenShopAsync(shop, policy: "gone");
        using var client = await app.ClientAs(Role.Manager, shop);

        Assert.Contains("There is no policy “gone”", WebUtility.HtmlDecode(await client.GetStringAsync("/policies")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("uk", "09:00-13:00", "Boxing Day (substitute day)")]
    [InlineData("eu-strict", "10:00-13:00", "Ascension Day")]
    [InlineData("none", "00:00-24:00", "for tests only")]
    public async Task A_preset_has_a_page_with_its_windows_and_holidays(string preset, string windows, string text)
    {
        var shop = new ShopId("policy-one");
        await using var app = await TestApp.StartAsync(database, Noon);
        using var client = await app.ClientAs(Role.Scheduler, shop);

        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/policies/{preset}"));

        Assert.Contains(windows, page, StringComparison.Ordinal);
        Assert.Contains(text, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_may_not_see_the_policies()
    {
        var shop = new ShopId("policy-agent");
        await using var app = await TestApp.StartAsync(database, Noon);
        using var client = await app.ClientAs(Role.Agent, shop);

        Assert.NotEqual(HttpStatusCode.OK, (await client.GetAsync("/policies")).StatusCode);
    }

    internal static async Task CampaignAsync(TestApp app, ShopId shop, string windows)
    {
        await using var session = await app.Services.GetRequiredService<Db>().BeginAsync(shop, default);
        await session.ExecuteAsync(
            """
            insert into campaigns (shop_id, campaign_id, code, name, purpose, status, min_age, max_age, windows, order_by, hold_for, call_script, line, created_at, updated_at)
            values (@shop, @id, 'reminder', 'Reminder', 'PaymentReminder', 'Running', '30 minutes', '72 hours', @windows::jsonb, 'Value', '5 minutes', 'payment-reminder', 'manual', @now, @now)
            """,
            new { shop = shop.Value, id = Ids.New(Noon), windows, now = Noon.GetUtcNow() },
            default);
        await session.CommitAsync();
    }
}
