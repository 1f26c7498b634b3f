using Callback.Planning;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.Planning;

/// <summary>The planning screens in a browser, in both languages, at the smallest screen the product is made for.</summary>
public sealed class PlanningScreensTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData("en", "light")]
    [InlineData("zh-CN", "dark")]
    public async Task They_show_their_figures_without_a_fault_and_fit_the_screen(string language, string theme)
    {
        var shop = new ShopId($"screen-{language.ToLowerInvariant()}");
        await using var app = await TestApp.StartAsync(database, new ManualTime(PlanningSample.Morning));
        var campaign = await PlanningSample.MakeAsync(app, shop, language);
        await using var browser = await Browser.StartAsync();
        var page = await browser.PageAsync(app.BaseAddress, language, theme, await app.SessionAsync(await app.UserAsync(Role.Scheduler, shop)));
        var faults = new List<string>();
        page.Console += (_, message) => faults.AddRange(message.Type == "error" ? [message.Text] : []);
        page.PageError += (_, error) => faults.Add(error);
        foreach (var (path, name) in new[] { ("/queue", "queue"), ("/campaigns", "campaigns"), ($"/campaigns/{campaign}", "campaign"), ("/suppressions", "suppressions"), ("/orders/Q1", "explain") })
        {
            var answer = await page.GotoAsync(path);
            Assert.Equal(200, answer!.Status);
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{path} is wider than the screen");
            await Browser.KeepAsync(page, $"planning-{name}-{language}");
        }
        Assert.Empty(faults);
    }
}

/// <summary>A shop with a running campaign, some orders and a suppression.</summary>
internal static class PlanningSample
{
    /// <summary>Monday, 11:20 in Shanghai.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 3, 16, 3, 20, 0, TimeSpan.Zero);

    public static async Task<Guid> MakeAsync(TestApp app, ShopId shop, string language)
    {
        await app.GivenShopAsync(shop, policy: "cn-default", language: language);
        var actor = Actor.System("test");
        var services = app.Services;
        var documents = Enumerable.Range(1, 12).Select(i => new
        {
            orderNo = $"Q{i}",
            status = "Unpaid",
            orderedAt = Morning.AddHours(-i),
            amount = 40m * i,
            phone = i % 5 == 0 ? "138****1234" : $"138001380{i:00}",
            buyerId = $"buyer{i % 7}",
            buyerName = i % 2 == 0 ? "王小明" : "Alice Brown",
        });
        using (var client = await app.KeyClientAsync(shop, [Callback.Accounts.KeyScope.Orders]))
        {
            var taken = await System.Net.Http.Json.HttpClientJsonExtensions.PutAsJsonAsync(client, $"/api/v1/shops/{shop}/orders", new { orders = documents });
            Assert.True(taken.IsSuccessStatusCode);
        }
        var campaign = await services.GetRequiredService<Callback.Campaigns.CreateCampaign>().RunAsync(actor, new(shop, "payment-reminder"), default);
        await services.GetRequiredService<Callback.Campaigns.StartCampaign>().RunAsync(actor, new(shop, campaign.CampaignId), default);
        await services.GetRequiredService<Callback.Suppression.AddSuppression>().RunAsync(
            actor, new(shop, new Callback.Suppression.SuppressionTarget.Written(Callback.Suppression.SuppressionScope.Buyer, "buyer3"), null, "moved away", Callback.Suppression.SuppressionSource.Customer), default);
        await services.GetRequiredService<Planner>().RunOnceAsync(shop, Morning, default);
        return campaign.CampaignId;
    }
}
