using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Callback.Accounts;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;

namespace Callback.Web.Tests.Orders;

public sealed class OrdersApiTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ShopId Shop = new("plum");

    private static object Order(string no, string status = "Unpaid", object? amount = null, string phone = "13800138000") =>
        new { orderNo = no, status, orderedAt = "2026-11-21T10:00:00+08:00", amount = amount ?? 59.8, phone, buyerId = "t1", items = new[] { new { title = "袜子", quantity = 2 } } };

    [Fact]
    public async Task Orders_come_in_once_change_when_they_change_and_a_bad_one_is_rejected_by_itself()
    {
        await using var app = await TestApp.StartAsync(database);
        using var client = await app.KeyClientAsync(Shop, [KeyScope.Orders]);
        var body = new { asOf = "2026-11-21T12:00:00+08:00", orders = new[] { Order("A1"), Order("A2", phone: "138****0000"), Order("", "Paid"), new { orderNo = "A4", status = "Paid" } } };
        var first = await PutAsync(client, body);
        Assert.Equal((4, 2, 0, 0, 2), Counts(first));
        Assert.Equal([(3, "orderNo", "OrderNoMissing"), (4, "orderedAt", "DateMissing")], first.GetProperty("rejectedRows").EnumerateArray().Select(row => (row.GetProperty("line").GetInt32(), row.GetProperty("column").GetString()!, row.GetProperty("reason").GetString()!)));
        Assert.Equal((4, 0, 0, 2, 2), Counts(await PutAsync(client, body)));
        Assert.Equal((1, 0, 1, 0, 0), Counts(await PutAsync(client, new { orders = new[] { Order("A1", "Paid") } })));

        var one = await client.GetFromJsonAsync<JsonElement>("/api/v1/shops/plum/orders/a1");
        Assert.Equal(("A1", "Paid", "8000", "Mobile"), (Text(one, "orderNo"), Text(one, "status"), Text(one, "phoneLast4"), Text(one, "phoneKind")));
        Assert.DoesNotContain("13800138000", one.ToString(), StringComparison.Ordinal);
        var page = await client.GetFromJsonAsync<JsonElement>("/api/v1/shops/plum/orders?limit=1");
        Assert.Equal(["A1"], Numbers(page));
        Assert.Equal(["A2"], Numbers(await client.GetFromJsonAsync<JsonElement>($"/api/v1/shops/plum/orders?limit=1&cursor={Text(page, "next")}")));
        Assert.Equal(["A2"], Numbers(await client.GetFromJsonAsync<JsonElement>("/api/v1/shops/plum/orders?status=Unpaid")));
    }

    [Fact]
    public async Task What_cannot_be_taken_is_answered_as_a_problem_and_another_shop_does_not_exist()
    {
        await using var app = await TestApp.StartAsync(database);
        using var client = await app.KeyClientAsync(new ShopId("pear"), [KeyScope.Orders]);
        await app.GivenShopAsync(new ShopId("quince"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PutAsJsonAsync("/api/v1/shops/pear/orders", new { orders = Array.Empty<object>() })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PutAsJsonAsync("/api/v1/shops/pear/orders", new { orders = Enumerable.Range(0, 1001).Select(i => Order($"B{i}")) })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PutAsJsonAsync("/api/v1/shops/pear/orders", new { asOf = "2099-01-01T00:00:00Z", orders = new[] { Order("B1") } })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.GetAsync("/api/v1/shops/pear/orders?cursor=nonsense")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/v1/shops/pear/orders/none")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PutAsJsonAsync("/api/v1/shops/quince/orders", new { orders = new[] { Order("B1") } })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/v1/shops/quince/orders/B1")).StatusCode);
    }

    private static async Task<JsonElement> PutAsync(HttpClient client, object body)
    {
        var answer = await client.PutAsJsonAsync("/api/v1/shops/plum/orders", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static (int, int, int, int, int) Counts(JsonElement answer) =>
        (Int(answer, "read"), Int(answer, "new"), Int(answer, "changed"), Int(answer, "unchanged"), Int(answer, "rejected"));

    private static string[] Numbers(JsonElement page) => [.. page.GetProperty("orders").EnumerateArray().Select(order => Text(order, "orderNo")!)];

    private static int Int(JsonElement answer, string name) => answer.GetProperty(name).GetInt32();

    private static string? Text(JsonElement answer, string name) => answer.GetProperty(name).GetString();
}
