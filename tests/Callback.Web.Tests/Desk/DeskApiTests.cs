using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Callback.Accounts;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Planning;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.Desk;

/// <summary>The desk as a program works it: with a key that acts as an agent.</summary>
public sealed class DeskApiTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private readonly ShopId shop = ShopId.Parse($"desk-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
    private TestApp app = null!;
    private HttpClient client = null!;
    private int orders;

    public async Task InitializeAsync()
    {
        app = await TestApp.StartAsync(database);
        var agent = await app.UserAsync(Role.Agent, shop);
        client = await app.KeyClientAsync(shop, [KeyScope.Desk], agent.Name);
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_whole_call_goes_over_the_api()
    {
        await CampaignAsync();
        await OrderAsync("+8613811110001");

        var card = await TakeAsync();
        var hold = card.GetProperty("holdId").GetGuid();
        Assert.Equal("0001", card.GetProperty("phoneLast4").GetString());
        Assert.Equal(JsonValueKind.Null, card.GetProperty("number").ValueKind);
        Assert.Equal("Held", card.GetProperty("phase").GetString());

        var open = await client.PostAsJsonAsync($"/api/v1/desk/holds/{hold}/dial", new { });
        Assert.Equal(HttpStatusCode.Conflict, open.StatusCode);
        var refusal = await JsonAsync(open);
        Assert.Equal("ChecklistOpen", refusal.GetProperty("reason").GetString());
        var ticks = refusal.GetProperty("items").EnumerateArray().Select(item => item.GetString()).ToList();

        var dialed = await client.PostAsJsonAsync($"/api/v1/desk/holds/{hold}/dial", new { draft = new { ticks } });
        Assert.Equal(HttpStatusCode.Created, dialed.StatusCode);
        var attempt = (await JsonAsync(dialed)).GetProperty("attemptId").GetGuid();
        Assert.Equal("+8613811110001", (await JsonAsync(dialed)).GetProperty("number").GetString());
        foreach (var state in new[] { "Ringing", "Answered", "Completed" })
            (await client.PostAsJsonAsync($"/api/v1/attempts/{attempt}/state", new { state })).EnsureSuccessStatusCode();

        var submission = Guid.Parse("0198a000-0000-7000-8000-000000000001");
        var result = new { submissionId = submission, draft = new { outcome = "NoTimeToTalk", ticks, waivers = new Dictionary<string, string> { ["promises-are-tasks"] = "none" } } };
        for (var time = 0; time < 2; time++)
        {
            var saved = await client.PutAsJsonAsync($"/api/v1/attempts/{attempt}/result", result);
            Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
            var answer = await JsonAsync(saved);
            Assert.Equal((1, time == 1), (answer.GetProperty("revision").GetInt32(), answer.GetProperty("repeated").GetBoolean()));
        }
        var desk = await JsonAsync(await client.GetAsync("/api/v1/desk"));
        Assert.Equal(JsonValueKind.Null, desk.GetProperty("card").ValueKind);
        Assert.Equal(1, desk.GetProperty("today").GetProperty("results").GetInt32());
    }

    [Fact]
    public async Task Outside_the_window_the_answer_is_204_with_when_it_opens()
    {
        var closed = ShopId.Parse("desk-closed");
        await app.GivenShopAsync(closed, "cn-default");
        var agent = await app.UserAsync(Role.Agent, closed);
        var key = await app.KeyClientAsync(closed, [KeyScope.Desk], agent.Name);
        // Open for one minute on one weekday of yesterday: closed now, at whatever hour the test runs.
        var yesterday = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).AddDays(-1).DayOfWeek;
        var windows = Enum.GetValues<DayOfWeek>().ToDictionary(day => day.ToString().ToLowerInvariant()[..3], day => day == yesterday ? new[] { "16:00-17:00" } : []);
        await CampaignAsync(closed, JsonSerializer.Serialize(windows));

        var answer = await key.PostAsync("/api/v1/desk/next", null);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var opens = DateTimeOffset.Parse(answer.Headers.GetValues("X-Next-Window").Single(), null);
        Assert.InRange(opens - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1), TimeSpan.FromDays(40));
        Assert.Equal(3600, answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
    }

    [Fact]
    public async Task A_gate_that_refuses_answers_409_with_the_reason()
    {
        await CampaignAsync();
        var order = await OrderAsync("+8613811110002");
        var hold = (await TakeAsync()).GetProperty("holdId").GetGuid();
        await SqlAsync("update orders set status = 'Paid' where shop_id = @shop and order_no = @order", new { shop, order });

        var answer = await client.PostAsync($"/api/v1/desk/holds/{hold}/dial", null);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = await JsonAsync(answer);
        Assert.Equal(("OrderPaid", JsonValueKind.Null), (problem.GetProperty("reason").GetString(), problem.GetProperty("until").ValueKind));
        Assert.False(problem.GetProperty("cardKept").GetBoolean());
    }

    [Fact]
    public async Task A_hold_is_given_back_once()
    {
        await CampaignAsync();
        await OrderAsync("+8613811110003");
        var hold = (await TakeAsync()).GetProperty("holdId").GetGuid();

        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/api/v1/desk/holds/{hold}")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await client.DeleteAsync($"/api/v1/desk/holds/{hold}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/v1/desk/holds/{hold}")).StatusCode);
    }

    [Fact]
    public async Task An_agent_who_waits_is_woken_when_a_call_becomes_available()
    {
        await CampaignAsync();
        var waiting = client.PostAsync("/api/v1/desk/next?wait=40", null);
        await OrderAsync("+8613811110004");

        var answer = await waiting;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("0004", (await JsonAsync(answer)).GetProperty("phoneLast4").GetString());
    }

    [Fact]
    public async Task A_key_without_an_agent_has_no_desk_and_a_key_of_another_scope_may_not_come_near()
    {
        var nobody = await app.KeyClientAsync(shop, [KeyScope.Desk]);
        var orders = await app.KeyClientAsync(shop, [KeyScope.Orders]);

        Assert.Equal(HttpStatusCode.Forbidden, (await nobody.PostAsync("/api/v1/desk/next", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await orders.PostAsync("/api/v1/desk/next", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Client().PostAsync("/api/v1/desk/next", null)).StatusCode);
    }

    private async Task<JsonElement> TakeAsync()
    {
        var answer = await client.PostAsync("/api/v1/desk/next", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await JsonAsync(answer);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => JsonElement.Parse(await answer.Content.ReadAsStringAsync());

    private Task CampaignAsync() => CampaignAsync(shop, null);

    private Task CampaignAsync(ShopId of, string? windows) => SqlAsync(
        """
        insert into campaigns
            (shop_id, campaign_id, code, name, purpose, status, min_age, max_age, windows, order_by, hold_for, call_script, line, created_at, updated_at)
        values
            (@of, gen_random_uuid(), gen_random_uuid()::text, 'Reminder', 'PaymentReminder', 'Running', '30 min', '30 days', @windows::jsonb, 'Value', '5 min', 'payment-reminder', 'manual', now(), now())
        """,
        new { of, windows });

    /// <summary>An unpaid order, planned at once.</summary>
    private async Task<string> OrderAsync(string phone)
    {
        var no = $"A{Interlocked.Increment(ref orders):000}-{phone[^4..]}";
        var vault = app.Services.GetRequiredService<PersonalDataVault>();
        var number = new PhoneNumber(phone);
        await SqlAsync(
            """
            insert into orders
                (shop_id, order_no, status, buyer_name, phone_kind, phone_cipher, phone_hash, phone_last4, phone_region, zone, country,
                amount, currency, ordered_at, as_of, source, content_hash, created_at, updated_at)
            values
                (@shop, @no, 'Unpaid', 'Li', 'Mobile', @cipher, @hash, @last4, 'CN', 'Asia/Shanghai', 'CN', 88, 'CNY', now() - interval '2 hours', now(), 'File', '', now(), now());
            insert into candidates (shop_id, purpose, order_no, due_at)
            values (@shop, 'PaymentReminder', @no, now() - interval '2 hours')
            """,
            new { shop, no, cipher = vault.Encrypt(DataPlace.OrderPhone(shop, no), number.Canonical), hash = vault.PhoneKey(shop, number), last4 = number.Last4 });
        await app.Services.GetRequiredService<Planner>().RunOnceAsync(shop, TimeProvider.System.GetUtcNow(), default);
        return no;
    }

    private async Task SqlAsync(string sql, object args)
    {
        await using var session = await app.Services.GetRequiredService<Db>().BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync(sql, args, default);
        await session.CommitAsync();
    }
}
