using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Callback.Accounts;
using Callback.Calls.LineUse;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Planning;
using Callback.Telephony;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using TwilioFake;

namespace Callback.Web.Tests.Webhooks;

/// <summary>A whole call over the HTTP API, with events that come through the real door, and its recording in the log.</summary>
public sealed class CallOverTwilioTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string CallerId = "+15005550006";
    private const string AgentsPhone = "+8613800138000";
    private const string CustomersPhone = "+8613811112222";

    private static readonly ShopId Shop = ShopId.Parse("twilio-shop");

    [Fact]
    public async Task A_program_connects_its_agents_phone_calls_holds_hangs_up_and_a_manager_hears_the_recording()
    {
        await using var twilio = await FakeTwilio.StartAsync();
        await using var app = await TestApp.StartAsync(database, line: twilio);
        var agent = await app.UserAsync(Role.Agent, Shop);
        using var desk = await app.KeyClientAsync(Shop, [KeyScope.Desk, KeyScope.Log], agent.Name);
        await GivenCallAsync(app);

        Assert.Equal("AgentLegNotReady", await DialRefusedAsync(desk));
        Assert.Equal("leg-missing", await ReasonAsync(await desk.PostAsync("/api/v1/desk/phone", null)));
        Assert.Equal(HttpStatusCode.NoContent, (await desk.PutAsJsonAsync("/api/v1/desk/phone/leg", new { kind = "Phone", address = AgentsPhone, keepOpen = true })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await desk.PostAsync("/api/v1/desk/phone", null)).StatusCode);
        await UntilAsync(desk, "/api/v1/desk/phone", phone => phone.GetProperty("ready").GetBoolean());

        var attempt = await DialAsync(desk);
        var call = await UntilAsync(desk, $"/api/v1/attempts/{attempt}/call", running => running.GetProperty("talking").GetBoolean());
        Assert.Equal("On", call.GetProperty("recording").GetString());
        Assert.True((await ActAsync(desk, attempt, "hold", new { on = true })).GetProperty("onHold").GetBoolean());
        Assert.True((await ActAsync(desk, attempt, "mute", new { on = true })).GetProperty("muted").GetBoolean());
        Assert.Equal("Paused", (await ActAsync(desk, attempt, "recording", new { on = false })).GetProperty("recording").GetString());
        await ActAsync(desk, attempt, "hold", new { on = false });
        await ActAsync(desk, attempt, "hang-up", new { leg = "Customer" });
        await UntilAsync(desk, $"/api/v1/attempts/{attempt}/call", running => running.GetProperty("state").GetString() == "Ended");
        await UntilAsync(desk, $"/api/v1/shops/{Shop}/attempts/{attempt}/recordings", list => list.GetArrayLength() == 1 && list[0].GetProperty("state").GetString() == "Available");

        Assert.Equal((1, 1), (twilio.RingsOf(CustomersPhone).Rang, twilio.RingsOf(AgentsPhone).Rang));
        Assert.All(twilio.Webhooks, hook => Assert.Equal(204, hook.Status));
        await HearAsync(app, attempt);
        Assert.Equal(HttpStatusCode.NoContent, (await desk.DeleteAsync("/api/v1/desk/phone")).StatusCode);
        Assert.True(twilio.CallTo(AgentsPhone)!.Ended);
    }

    /// <summary>Managers see and hear it, in pieces too; an agent sees that it was recorded and hears nothing.</summary>
    private static async Task HearAsync(TestApp app, Guid attempt)
    {
        using var manager = await app.ClientAs(Role.Manager, Shop);
        Assert.Contains($" src=\"/log/{attempt}/recording?recording=RE", await manager.GetStringAsync($"/log/{attempt}?shop={Shop}"), StringComparison.Ordinal);
        var whole = await manager.GetAsync($"/log/{attempt}/recording?shop={Shop}");
        Assert.Equal((HttpStatusCode.OK, "audio/x-wav"), (whole.StatusCode, whole.Content.Headers.ContentType!.MediaType));
        using var piece = new HttpRequestMessage(HttpMethod.Get, $"/log/{attempt}/recording?shop={Shop}") { Headers = { Range = new RangeHeaderValue(4, 7) } };
        var part = await manager.SendAsync(piece);
        Assert.Equal((HttpStatusCode.PartialContent, 4), (part.StatusCode, (await part.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal((await whole.Content.ReadAsByteArrayAsync())[4..8], await part.Content.ReadAsByteArrayAsync());
        using var other = await app.ClientAs(Role.Agent, Shop);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"/log/{attempt}/recording?shop={Shop}")).StatusCode);
    }

    private static async Task GivenCallAsync(TestApp app)
    {
        await app.Services.GetRequiredService<SaveLineSettings>().RunAsync(Actor.System("test"), new(Shop, CallerId, CallRecording.Always, MachineDetection: true), default);
        var vault = app.Services.GetRequiredService<PersonalDataVault>();
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await using (var session = await app.Services.GetRequiredService<Db>().BeginAsync(ShopScope.All, default))
        {
            await session.ExecuteAsync(
                """
                insert into campaigns
                    (shop_id, campaign_id, code, name, purpose, status, min_age, max_age, order_by, hold_for, call_script, line, created_at, updated_at)
                values (@Shop, @id, 'twilio', 'Twilio', 'PaymentReminder', 'Running', '30 min', '30 days', 'Value', '5 min', 'payment-reminder', 'twilio', @now, @now);
                insert into orders
                    (shop_id, order_no, status, buyer_id, buyer_key, phone_kind, phone_cipher, phone_hash, phone_last4, phone_region, zone, country, amount, currency, items, item_count,
                    ordered_at, as_of, source, content_hash, created_at, updated_at)
                values
                    (@Shop, 'T1', 'Unpaid', 'b', @buyer, 'Mobile', @cipher, @hash, '2222', 'CN', 'Asia/Shanghai', 'CN', 88, 'CNY', '[]', 1, @ordered, @now, 'Api', '', @now, @now);
                insert into candidates (shop_id, purpose, order_no, due_at) values (@Shop, 'PaymentReminder', 'T1', @ordered)
                """,
                new
                {
                    Shop,
                    id = Ids.New(now),
                    buyer = vault.BuyerKey(Shop, "b"),
                    cipher = vault.Encrypt(DataPlace.OrderPhone(Shop, "T1"), CustomersPhone),
                    hash = vault.PhoneKey(Shop, new(CustomersPhone)),
                    ordered = now.AddHours(-2),
                    now,
                },
                default);
            await session.CommitAsync();
        }
        await app.Services.GetRequiredService<Planner>().RunOnceAsync(Shop, now, default);
    }

    private static async Task<string?> DialRefusedAsync(HttpClient desk) => await ReasonAsync(await desk.PostAsJsonAsync($"/api/v1/desk/holds/{await TakeAsync(desk)}/dial", new { }));

    private static async Task<Guid> DialAsync(HttpClient desk)
    {
        var dialed = await desk.PostAsJsonAsync($"/api/v1/desk/holds/{await TakeAsync(desk)}/dial", new { });
        Assert.Equal(HttpStatusCode.Created, dialed.StatusCode);
        var answer = await dialed.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("number").ValueKind);
        return answer.GetProperty("attemptId").GetGuid();
    }

    private static async Task<Guid> TakeAsync(HttpClient desk) =>
        (await (await desk.PostAsync("/api/v1/desk/next", null)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("holdId").GetGuid();

    private static async Task<JsonElement> ActAsync(HttpClient desk, Guid attempt, string act, object body)
    {
        var answer = await desk.PostAsJsonAsync($"/api/v1/attempts/{attempt}/{act}", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<string?> ReasonAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reason").GetString();
    }

    /// <summary>Asks as a program would, at most for ten seconds.</summary>
    private static async Task<JsonElement> UntilAsync(HttpClient desk, string path, Func<JsonElement, bool> so)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            var answer = await desk.GetFromJsonAsync<JsonElement>(path);
            if (so(answer))
                return answer;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        throw new TimeoutException($"{path} did not become so.");
    }
}
