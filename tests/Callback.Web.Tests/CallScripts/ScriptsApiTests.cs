using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Callback.Accounts;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;

namespace Callback.Web.Tests.CallScripts;

/// <summary>A shop's scripts written by a program: the same rules as in the editor, and nobody else's scripts.</summary>
public sealed class ScriptsApiTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ShopId Shop = new("plum");
    private static readonly ShopId Other = new("pear");
    private const string Scripts = "/api/v1/shops/plum/call-scripts";

    [Fact]
    public async Task A_draft_is_put_checked_published_changed_and_rolled_back()
    {
        await using var app = await TestApp.StartAsync(database);
        using var client = await app.KeyClientAsync(Shop, [KeyScope.Scripts]);

        Assert.Equal(1, (await JsonAsync(await client.PutAsJsonAsync($"{Scripts}/ours/draft", Body("Goodbye.")))).GetProperty("revision").GetInt32());
        Assert.Equal(1, (await JsonAsync(await client.PostAsJsonAsync($"{Scripts}/ours/publish", new { revision = 1, note = "The first" }))).GetProperty("version").GetInt32());
        Assert.Equal(2, (await JsonAsync(await client.PutAsJsonAsync($"{Scripts}/ours/draft", Body("Take care.")))).GetProperty("revision").GetInt32());
        Assert.Equal(2, (await JsonAsync(await client.PostAsJsonAsync($"{Scripts}/ours/publish", new { revision = 2, note = "Kinder" }))).GetProperty("version").GetInt32());
        Assert.Equal(3, (await JsonAsync(await client.PostAsJsonAsync($"{Scripts}/ours/roll-back", new { version = 1, note = "Not kinder after all" }))).GetProperty("version").GetInt32());

        var first = await client.GetAsync($"{Scripts}/ours/versions/3/en");
        Assert.Equal("application/yaml", first.Content.Headers.ContentType!.MediaType);
        Assert.Contains("# How we say it\n", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Goodbye.", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Take care.", await client.GetStringAsync($"{Scripts}/ours/versions/2/zh-CN"), StringComparison.Ordinal);
        var detail = await client.GetFromJsonAsync<JsonElement>($"{Scripts}/ours");
        Assert.Equal(["3 Not kinder after all", "2 Kinder", "1 The first"], detail.GetProperty("versions").EnumerateArray().Select(version => $"{version.GetProperty("version")} {version.GetProperty("note")}"));
        Assert.Equal(JsonValueKind.Null, detail.GetProperty("draft").ValueKind);
        var listed = (await client.GetFromJsonAsync<JsonElement>(Scripts)).EnumerateArray().ToList();
        Assert.Equal(3, listed.Single(row => row.GetProperty("name").GetString() == "shop/ours").GetProperty("latest").GetInt32());
        Assert.Contains(listed, row => row.GetProperty("name").GetString() == "payment-reminder" && !row.GetProperty("isOwn").GetBoolean());
    }

    [Fact]
    public async Task Two_programs_do_not_write_over_each_other()
    {
        await using var app = await TestApp.StartAsync(database);
        using var client = await app.KeyClientAsync(Shop, [KeyScope.Scripts]);
        await JsonAsync(await client.PutAsJsonAsync($"{Scripts}/both/draft", Body("One.")));
        await JsonAsync(await client.PutAsJsonAsync($"{Scripts}/both/draft", Body("Two.", revision: 1)));

        foreach (var late in new[] { Body("Three.", revision: 1), Body("Three.") })
        {
            var answer = await client.PutAsJsonAsync($"{Scripts}/both/draft", late);
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Equal(2, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("revision").GetInt32());
        }
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsJsonAsync($"{Scripts}/both/publish", new { revision = 1, note = "Late" })).StatusCode);
        Assert.Contains("Two.", await client.GetStringAsync($"{Scripts}/both/draft/en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_language_line_and_step_and_never_published()
    {
        await using var app = await TestApp.StartAsync(database);
        using var client = await app.KeyClientAsync(Shop, [KeyScope.Scripts]);

        var check = await JsonAsync(await client.PostAsJsonAsync($"{Scripts}/check", Body("Bye {{shpo}}.")));
        Assert.False(check.GetProperty("isSound").GetBoolean());
        Assert.Contains(check.GetProperty("findings").EnumerateArray(), finding =>
            finding.GetProperty("kind").GetString() == "Error" && finding.GetProperty("node").GetString() == "bye" && finding.GetProperty("message").GetProperty("en").GetString()!.Contains("'shpo'", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PutAsJsonAsync($"{Scripts}/broken/draft", Body("Bye {{shpo}}."))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{Scripts}/broken")).StatusCode);

        await JsonAsync(await client.PutAsJsonAsync($"{Scripts}/worse/draft", Body("Bye.")));
        await JsonAsync(await client.PutAsJsonAsync($"{Scripts}/worse/draft", Body("Bye {{shpo}}.", revision: 1)));
        var refused = await client.PostAsJsonAsync($"{Scripts}/worse/publish", new { revision = 2, note = "With a mistake" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.NotEmpty((await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("findings").EnumerateArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PostAsJsonAsync($"{Scripts}/worse/publish", new { revision = 2, note = "" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PutAsJsonAsync($"{Scripts}/No%20name/draft", Body("Bye."))).StatusCode);
    }

    [Theory]
    [InlineData(KeyScope.Campaigns, "plum", HttpStatusCode.Forbidden)]
    [InlineData(KeyScope.Scripts, "pear", HttpStatusCode.NotFound)]
    public async Task Without_the_scope_or_in_another_shop_there_is_nothing(KeyScope scope, string shop, HttpStatusCode answer)
    {
        await using var app = await TestApp.StartAsync(database);
        await app.GivenShopAsync(Other);
        using var client = await app.KeyClientAsync(Shop, [scope]);

        Assert.Equal(answer, (await client.GetAsync($"/api/v1/shops/{shop}/call-scripts")).StatusCode);
        Assert.Equal(answer, (await client.PutAsJsonAsync($"/api/v1/shops/{shop}/call-scripts/x/draft", Body("Bye."))).StatusCode);
        Assert.Equal(answer, (await client.PostAsJsonAsync($"/api/v1/shops/{shop}/call-scripts/check", Body("Bye."))).StatusCode);
        Assert.Equal(answer, (await client.PostAsJsonAsync($"/api/v1/shops/{shop}/call-scripts/x/publish", new { revision = 1, note = "n" })).StatusCode);
    }

    [Theory]
    [InlineData("ours/versions/1/fr")]
    [InlineData("none/versions/1/en")]
    [InlineData("none/draft/en")]
    [InlineData("none")]
    public async Task What_is_not_there_is_not_found(string address)
    {
        await using var app = await TestApp.StartAsync(database);
        using var client = await app.KeyClientAsync(Shop, [KeyScope.Scripts]);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{Scripts}/{address}")).StatusCode);
    }

    private static object Body(string farewell, int? revision = null) => new { zh = Text(farewell), en = Text(farewell), revision };

    private static string Text(string farewell) => $$$"""
        # How we say it
        script: ours
        version: 1
        purpose: PaymentReminder
        title: Ours
        target: 1m
        start: hello
        greeting-ends: reason
        nodes:
          hello: { title: Hello, say: "Hello from {{shop}}.", next: reason }
          reason:
            title: Reason
            ask: What is in the way?
            answers:
              price: { label: Price, next: bye, proposes: { outcome: Declined, reasons: [TooExpensive] } }
              other: { label: Other, next: bye }
          bye: { title: Bye, say: "{{{farewell}}}", next: over }
          over: { title: Over, end: Hang up. }
        """;

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
