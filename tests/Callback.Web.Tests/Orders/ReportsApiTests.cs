using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Callback.Accounts;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;

namespace Callback.Web.Tests.Orders;

/// <summary>Reports over HTTP and on the order's page: made, taken back, and not by everybody.</summary>
public sealed class ReportsApiTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ShopId Shop = new("plum");
    private static readonly ShopId Other = new("pear");

    [Fact]
    public async Task A_report_is_made_known_already_and_taken_back_once()
    {
        await using var app = await TestApp.StartAsync(database);
        using var client = await OrdersAsync(app, "B1");
        const string report = "/api/v1/shops/plum/orders/B1/reports/RefundOrDispute";

        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync(report, new { words = "too small", at = "2026-01-05T10:00:00Z" })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsJsonAsync(report, new { at = "2026-01-05T10:00:00Z" })).StatusCode);
        Assert.Equal("too small", (await client.GetFromJsonAsync<JsonElement>("/api/v1/shops/plum/orders/B1")).GetProperty("refundReason").GetString());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PostAsJsonAsync($"{report}/withdraw", new { reason = "" })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsJsonAsync($"{report}/withdraw", new { reason = "another order", at = "2026-01-05T09:00:00Z" })).StatusCode);
        var taken = await client.PostAsJsonAsync($"{report}/withdraw", new { reason = "another order", at = "2026-01-05T10:00:00Z" });
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero), (await taken.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("at").GetDateTimeOffset());
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsJsonAsync($"{report}/withdraw", new { reason = "once more" })).StatusCode);
        Assert.Equal(JsonValueKind.Null, (await client.GetFromJsonAsync<JsonElement>("/api/v1/shops/plum/orders/B1")).GetProperty("refundRequestedAt").ValueKind);
    }

    [Theory]
    [InlineData(KeyScope.Desk, "plum", HttpStatusCode.Forbidden)]
    [InlineData(KeyScope.Orders, "pear", HttpStatusCode.NotFound)]
    public async Task Without_the_scope_or_in_another_shop_nothing_is_taken_back(KeyScope scope, string shop, HttpStatusCode answer)
    {
        await using var app = await TestApp.StartAsync(database);
        (await OrdersAsync(app, "B2")).Dispose();
        await app.GivenShopAsync(Other);
        using var client = await app.KeyClientAsync(Shop, [scope]);
        Assert.Equal(answer, (await client.PostAsJsonAsync($"/api/v1/shops/{shop}/orders/B2/reports/OutOfStock/withdraw", new { reason = "because" })).StatusCode);
    }

    [Fact]
    public async Task A_scheduler_takes_a_report_back_on_the_orders_page_and_the_story_tells_who_and_why()
    {
        await using var app = await TestApp.StartAsync(database);
        using var client = await OrdersAsync(app, "B3");
        await client.PostAsJsonAsync("/api/v1/shops/plum/orders/B3/reports/OutOfStock", new { words = "none left", item = "red, 38", at = "2026-01-05T10:00:00Z" });
        using var scheduler = await app.ClientAs(Role.Scheduler, Shop);

        Assert.Contains("none left", await scheduler.GetStringAsync("/orders/B3"), StringComparison.Ordinal);
        var refused = await scheduler.PostFormAsync("/orders/B3/report/OutOfStock/withdraw", "/orders/B3", new KeyValuePair<string, string>("reason", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var taken = await scheduler.PostFormAsync(
            "/orders/B3/report/OutOfStock/withdraw", "/orders/B3", new("reason", "found two in the store room"), new KeyValuePair<string, string>("at", "2026-01-05T10:00:00.0000000+00:00"));
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);

        var page = await scheduler.GetStringAsync("/orders/B3");
        Assert.DoesNotContain("none left", page, StringComparison.Ordinal);
        Assert.Contains("report of missing stock taken back", page, StringComparison.Ordinal);
        Assert.Contains("found two in the store room", page, StringComparison.Ordinal);
    }

    private static async Task<HttpClient> OrdersAsync(TestApp app, string no)
    {
        var client = await app.KeyClientAsync(Shop, [KeyScope.Orders]);
        var order = new { orderNo = no, status = "Paid", orderedAt = "2026-01-04T10:00:00+08:00", amount = 59.8, phone = "13800138000" };
        Assert.True((await client.PutAsJsonAsync("/api/v1/shops/plum/orders", new { orders = new[] { order } })).IsSuccessStatusCode);
        return client;
    }
}
