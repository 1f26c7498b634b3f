using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Callback.Accounts;
using Callback.Planning;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.Planning;

public sealed partial class PlanningPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    /// <summary>Monday, 11:20 in Shanghai.</summary>
    private static readonly DateTimeOffset Morning = new(2026, 3, 16, 3, 20, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_campaign_is_made_started_planned_paused_and_its_changes_stand_on_its_page()
    {
        var shop = new ShopId("pear");
        await using var app = await OpenAsync(shop);
        using var client = await app.ClientAs(Role.Scheduler, shop);
        await ImportAsync(app, shop);
        var page = await CreateAsync(client);

        await client.PostFormAsync($"{page}/start", page);
        await app.Services.GetRequiredService<Planner>().RunOnceAsync(Morning, default);
        var queue = await TextAsync(client, "/queue");
        Assert.Contains("Q1", queue, StringComparison.Ordinal);
        Assert.Contains("Open until 11:59", queue, StringComparison.Ordinal);
        Assert.Contains("Number is masked", queue, StringComparison.Ordinal);
        Assert.DoesNotContain("13800138000", queue, StringComparison.Ordinal);

        await client.PostFormAsync($"{page}/pause", page);
        await app.Services.GetRequiredService<Planner>().RunOnceAsync(Morning, default);
        Assert.Contains("Nothing waits", await TextAsync(client, "/queue"), StringComparison.Ordinal);
        var trail = await TextAsync(client, page);
        Assert.Contains("Draft → Running", trail, StringComparison.Ordinal);
        Assert.Contains("Running → Paused", trail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_wrong_comes_back_with_what_was_typed_and_saves_nothing()
    {
        var shop = new ShopId("quince");
        await using var app = await OpenAsync(shop);
        using var client = await app.ClientAs(Role.Scheduler, shop);
        var page = await CreateAsync(client);
        var refused = await EditAsync(client, page, "max_age", "soon", "windows.mon", "09:00-12:00");
        var html = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("“soon” is not a length of time", html, StringComparison.Ordinal);
        Assert.Contains("value=\"soon\"", html, StringComparison.Ordinal);

        var wide = await EditAsync(client, page, "windows.mon", "09:00-12:00");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wide.StatusCode);
        Assert.Contains("value=\"09:00-12:00\"", await wide.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("72 h", await TextAsync(client, page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_editors_do_not_overwrite_each_other_unseen()
    {
        var shop = new ShopId("rowan");
        await using var app = await OpenAsync(shop);
        using var client = await app.ClientAs(Role.Scheduler, shop);
        var page = await CreateAsync(client);
        Assert.Equal(HttpStatusCode.Redirect, (await EditAsync(client, page, "min_age", "45 min")).StatusCode);
        var late = await EditAsync(client, page, "version", "1", "min_age", "60 min");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Contains("Someone else changed the campaign", WebUtility.HtmlDecode(await late.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Contains("minAge: 00:30:00 → 00:45:00", await TextAsync(client, page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suppression_takes_the_order_out_and_says_so_on_the_orders_page()
    {
        var shop = new ShopId("sorrel");
        await using var app = await OpenAsync(shop);
        using var client = await app.ClientAs(Role.Scheduler, shop);
        await ImportAsync(app, shop);
        var page = await CreateAsync(client);
        await client.PostFormAsync($"{page}/start", page);
        Assert.Contains("Callable now", await TextAsync(client, "/orders/Q1"), StringComparison.Ordinal);

        var added = await client.PostFormAsync("/suppressions", "/suppressions", Fields("scope", "Phone", "value", "138 0013 8000", "reason", "asked for quiet"));
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var list = await TextAsync(client, "/suppressions");
        Assert.Contains("asked for quiet", list, StringComparison.Ordinal);
        Assert.Contains("…8000", list, StringComparison.Ordinal);
        Assert.DoesNotContain("13800138000", list, StringComparison.Ordinal);
        Assert.Contains("Suppressed", await TextAsync(client, "/orders/Q1"), StringComparison.Ordinal);

        var found = await client.PostFormAsync("/suppressions/find", "/suppressions", Fields("scope", "Phone", "value", "13800138000"));
        Assert.Contains("asked for quiet", await found.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var part = await client.PostFormAsync("/suppressions/find", "/suppressions", Fields("scope", "Phone", "value", "8000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, part.StatusCode);

        await client.PostFormAsync($"/suppressions/{LiftAction().Match(list).Groups["id"].Value}/lift", "/suppressions");
        Assert.Contains("Callable now", await TextAsync(client, "/orders/Q1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_imported_with_its_wrong_rows_named_and_an_export_of_it_changes_nothing_when_imported()
    {
        var shop = new ShopId("thyme");
        await using var app = await OpenAsync(shop);
        using var client = await app.ClientAs(Role.Scheduler, shop);
        var imported = await UploadAsync(client, "电话,原因\n13800138000,=cmd\n138****1234,masked\n13900139000,\n");
        Assert.Contains("3 rows read: 2 added, 0 stood there already, 1 rejected.", imported, StringComparison.Ordinal);
        Assert.Contains("Line 3: That is not a whole phone number.", imported, StringComparison.Ordinal);

        var export = await (await client.PostFormAsync("/suppressions/export", "/suppressions")).Content.ReadAsStringAsync();
        Assert.Contains("'=cmd", export, StringComparison.Ordinal);
        Assert.DoesNotContain("13800138000", export, StringComparison.Ordinal);
        Assert.Contains("2 rows read: 0 added, 2 stood there already, 0 rejected.", await UploadAsync(client, export), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_lists_pauses_and_resumes_campaigns_explains_orders_and_keeps_suppressions()
    {
        var shop = new ShopId("vetch");
        await using var app = await OpenAsync(shop);
        await ImportAsync(app, shop);
        using (var scheduler = await app.ClientAs(Role.Scheduler, shop))
            await CreateAsync(scheduler);
        using var client = await app.KeyClientAsync(shop, [KeyScope.Orders, KeyScope.Campaigns, KeyScope.Suppressions]);
        var campaign = (await JsonAsync(client, "/api/v1/shops/vetch/campaigns"))[0];
        var steps = $"/api/v1/shops/vetch/campaigns/{campaign.GetProperty("campaignId").GetGuid()}";
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsync($"{steps}/pause", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync($"{steps}/resume", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync($"/api/v1/shops/vetch/campaigns/{Guid.Empty}/pause", null)).StatusCode);

        var body = new { scope = "Buyer", value = "ALICE", reason = "moved away" };
        Assert.True((await (await client.PostAsJsonAsync("/api/v1/shops/vetch/suppressions", body)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("added").GetBoolean());
        Assert.False((await (await client.PostAsJsonAsync("/api/v1/shops/vetch/suppressions", body)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("added").GetBoolean());
        var told = (await JsonAsync(client, "/api/v1/shops/vetch/orders/Q1/explain")).GetProperty("campaigns")[0];
        Assert.Equal(("Suppressed", false), (told.GetProperty("reason").GetString(), told.GetProperty("callable").GetBoolean()));

        var listed = (await JsonAsync(client, "/api/v1/shops/vetch/suppressions")).GetProperty("suppressions")[0].GetProperty("suppressionId").GetGuid();
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/api/v1/shops/vetch/suppressions/{listed}")).StatusCode);
        Assert.True((await JsonAsync(client, "/api/v1/shops/vetch/orders/Q1/explain")).GetProperty("campaigns")[0].GetProperty("callable").GetBoolean());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/v1/shops/vetch/orders/NONE/explain")).StatusCode);
    }

    [Fact]
    public async Task A_manager_sees_the_queue_and_cannot_change_campaigns()
    {
        var shop = new ShopId("willow");
        await using var app = await OpenAsync(shop);
        using (var scheduler = await app.ClientAs(Role.Scheduler, shop))
            await CreateAsync(scheduler);
        using var client = await app.ClientAs(Role.Manager, shop);
        Assert.DoesNotContain("New campaign", await TextAsync(client, "/campaigns"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostFormAsync("/campaigns", "/suppressions", Fields("preset", "delivery-call-back"))).StatusCode);
    }

    private async Task<TestApp> OpenAsync(ShopId shop)
    {
        var app = await TestApp.StartAsync(database, new ManualTime(Morning));
        await app.GivenShopAsync(shop, policy: "cn-default", language: "en");
        return app;
    }

    /// <summary>Three unpaid orders of this morning: one callable, one masked, one too recent.</summary>
    private static async Task ImportAsync(TestApp app, ShopId shop)
    {
        using var client = await app.KeyClientAsync(shop, [KeyScope.Orders]);
        var orders = new[]
        {
            new { orderNo = "Q1", status = "Unpaid", orderedAt = Morning.AddHours(-2), amount = 150m, phone = "13800138000", buyerId = "alice", buyerName = "Alice" },
            new { orderNo = "Q2", status = "Unpaid", orderedAt = Morning.AddHours(-3), amount = 90m, phone = "138****1234", buyerId = "bob", buyerName = "Bob" },
            new { orderNo = "Q3", status = "Unpaid", orderedAt = Morning.AddMinutes(-5), amount = 90m, phone = "13700137000", buyerId = "carol", buyerName = "Carol" },
        };
        var answer = await client.PutAsJsonAsync($"/api/v1/shops/{shop}/orders", new { orders });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> CreateAsync(HttpClient client)
    {
        var made = await client.PostFormAsync("/campaigns", "/campaigns", Fields("preset", "payment-reminder"));
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        return made.Headers.Location!.ToString();
    }

    /// <summary>Sends the form as the page shows it, with some fields changed.</summary>
    private static async Task<HttpResponseMessage> EditAsync(HttpClient client, string page, params string[] changes)
    {
        var html = await client.GetStringAsync(page);
        var fields = Input().Matches(html).DistinctBy(input => input.Groups["name"].Value).ToDictionary(input => input.Groups["name"].Value, input => WebUtility.HtmlDecode(input.Groups["value"].Value));
        fields["order_by"] = "Value";
        fields["call_script"] = "payment-reminder";
        fields["line"] = "manual";
        foreach (var (name, value) in Fields(changes))
            fields[name] = value;
        fields.Remove("__RequestVerificationToken");
        return await client.PostFormAsync(page, page, fields);
    }

    private static async Task<string> UploadAsync(HttpClient client, string csv)
    {
        var token = Token().Match(await client.GetStringAsync("/suppressions")).Groups["token"].Value;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" },
            { new StringContent("state list"), "reason" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "file", "list.csv" },
        };
        return WebUtility.HtmlDecode(await (await client.PostAsync("/suppressions/import", form)).Content.ReadAsStringAsync());
    }

    private static async Task<string> TextAsync(HttpClient client, string path) => WebUtility.HtmlDecode(await client.GetStringAsync(path));

    private static async Task<JsonElement> JsonAsync(HttpClient client, string path) => await client.GetFromJsonAsync<JsonElement>(path);

    private static IEnumerable<KeyValuePair<string, string>> Fields(params string[] pairs) => pairs.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1]));

    [GeneratedRegex("<input [^>]*name=\"(?<name>[^\"]+)\"[^>]*?value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Input();

    [GeneratedRegex("/suppressions/(?<id>[0-9a-f-]{36})/lift")]
    private static partial Regex LiftAction();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}
