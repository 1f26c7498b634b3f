using System.Collections.Concurrent;
using Callback.Calls;
using Callback.Calls.Bridges;
using Callback.Calls.Inbox;
using Callback.Calls.LineUse;
using Callback.Calls.Running;
using Callback.Telephony;
using Callback.Telephony.Twilio;
using Callback.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TwilioFake;

namespace Callback.Tests.Calls.Bridged;

/// <summary>
/// A shop that calls through Twilio, with a fake Twilio that shares nothing with the product: real requests, real signed webhooks. What comes in is stored; it is
/// worked on when the test says so, so that the test decides what is heard of first.
/// </summary>
internal sealed class TwilioScene : IAsyncDisposable
{
    public const string CallerId = "+15005550006";

    private readonly WebApplication door;
    private readonly Follow clock = new();
    private int phones;

    private TwilioScene(WebApplication door) => this.door = door;

    public DeskScene Desk { get; private set; } = null!;

    public FakeTwilio Twilio { get; private set; } = null!;

    /// <summary>Every request to the door, as it came.</summary>
    public ConcurrentQueue<(string Url, IReadOnlyList<KeyValuePair<string, string>> Form)> Hooks { get; } = new();

    public TwilioAccount Account { get; private set; } = null!;

    /// <summary>What the door says instead of storing; null: it stores.</summary>
    public int? DoorSays { get; set; }

    public static async Task<TwilioScene> OpenAsync(TestDatabase database, string policy = "none", FakeTwilioOptions? options = null, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var scene = new TwilioScene(builder.Build());
        scene.door.Urls.Add("http://127.0.0.1:0");
        scene.door.MapPost("/webhooks/twilio/{shop}/{subject:guid}/{mark}/{kind}", scene.TakeAsync);
        await scene.door.StartAsync();
        scene.Twilio = await FakeTwilio.StartAsync((options ?? new()) with { Time = scene.clock });
        scene.Account = new TwilioAccount
        {
            AccountSid = scene.Twilio.Options.AccountSid,
            AuthToken = scene.Twilio.Options.AuthToken,
            BaseAddress = scene.Twilio.BaseAddress,
            PublicAddress = new(scene.door.Urls.Single()),
            CallsPerSecond = 30,
        };
        scene.Desk = await DeskScene.OpenAsync(database, policy, TwilioLine.LineName, replace: services =>
        {
            services.AddTwilio(scene.Account);
            replace?.Invoke(services);
        });
        scene.clock.Leader = scene.Desk.Time;
        await scene.SetAsync(CallRecording.Off);
        return scene;
    }

    public Task SetAsync(CallRecording recording, bool machines = false) =>
        Desk.Get<SaveLineSettings>().RunAsync(Actor.System("test"), new(Desk.Shop, CallerId, recording, machines), default);

    /// <summary>A member of the shop with a phone of their own.</summary>
    public async Task<(Actor Actor, string Phone)> PersonAsync(string name = "agent", Role role = Role.Agent, bool keepOpen = true)
    {
        var actor = await Desk.AgentAsync(name, role);
        var phone = $"+861380000{Interlocked.Increment(ref phones):0000}";
        await Desk.SqlAsync("insert into memberships values (@Shop, @UserId, @role)", new { Desk.Shop, actor.UserId, role = role.ToString() });
        await Desk.Get<SaveAgentLeg>().RunAsync(actor, new(null, LegKind.Phone, phone, keepOpen), default);
        return (actor, phone);
    }

    /// <summary>An agent whose phone is in its room.</summary>
    public async Task<(Actor Actor, string Phone)> ConnectedAsync(string name = "agent", bool keepOpen = true)
    {
        var person = await PersonAsync(name, keepOpen: keepOpen);
        await ConnectAsync(person.Actor, person.Phone);
        return person;
    }

    public async Task ConnectAsync(Actor agent, string phone)
    {
        Assert.IsType<OpenedBridge.Opened>(await Desk.Get<OpenBridge>().RunAsync(agent, default));
        await Twilio.CallAsync(phone, "in-progress");
        await HearAsync();
        Assert.Equal(BridgeState.Ready, (await PhoneAsync(agent))!.State);
    }

    public async Task<BridgeView?> PhoneAsync(Actor agent) => (await Desk.Get<GetBridge>().RunAsync(agent, default)).Bridge;

    /// <summary>An order whose customer's phone behaves like this, planned and ready to be taken.</summary>
    public async Task<(string Order, string Number)> CustomerAsync(Phone? phone = null, string? number = null)
    {
        number ??= $"+8613900{Interlocked.Increment(ref phones):000000}";
        if (phone is not null)
            Twilio.Set(PhoneNumber.FromCanonical(number).E164, phone);
        var parsed = PhoneNumber.FromCanonical(number);
        var order = await Desk.OrderAsync(parsed.E164, extension: parsed.Extension);
        await Desk.PlanAsync();
        return (order, number);
    }

    /// <summary>Everything that was told so far is delivered and worked on.</summary>
    public async Task HearAsync()
    {
        await Twilio.QuietAsync();
        await Desk.Get<ProcessLineInbox>().RunOnceAsync(Desk.Now, default);
    }

    /// <summary>Dials the next card, and hears of it when the customer's call has this status.</summary>
    public async Task<Guid> TalkAsync(Actor agent, string number, string status = "in-progress")
    {
        var attempt = (await Desk.CallAsync(agent)).AttemptId;
        await Twilio.CallAsync(number, status);
        await HearAsync();
        return attempt;
    }

    public Task<Row> RowAsync(Guid attempt) => Desk.OneAsync<Row>(
        """
        select state, call_state, wrap_up, refusal, provider_call_id, duration_s, sip_code, answered_by, price, price_unit, abandoned, recorded
        from attempts
        where attempt_id = @attempt
        """,
        new { attempt });

    public Task<RunningCall?> CallAsync(Actor agent, Guid attempt) => Desk.Get<GetRunningCall>().RunAsync(agent, attempt, default);

    public SeenParticipant? Seat(string number) => Twilio.Conferences.SelectMany(room => room.Participants).LastOrDefault(seat => seat.CallSid == Twilio.CallTo(number)?.Sid);

    /// <summary>What has to hold does hold, by the rows of this shop.</summary>
    public async Task CleanAsync()
    {
        var report = await Desk.Get<VerifyInvariants>().RunAsync(Actor.System("test"), default);
        Assert.DoesNotContain(report.Invariants.SelectMany(invariant => invariant.Violations), violation => violation.Shop == Desk.Shop.Value);
    }

    public async ValueTask DisposeAsync()
    {
        await Twilio.DisposeAsync();
        await door.DisposeAsync();
        await Desk.DisposeAsync();
    }

    private async Task<IResult> TakeAsync(string shop, Guid subject, string mark, string kind, HttpContext http)
    {
        var form = (await http.Request.ReadFormAsync()).SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value!)).ToList();
        var addresses = Desk.Get<TwilioAddresses>();
        var url = addresses.UrlOf(http.Request.Path + http.Request.QueryString);
        Hooks.Enqueue((url, form));
        if (DoorSays is { } status)
            return Results.StatusCode(status);
        Assert.True(TwilioSignature.Verify(Desk.Get<TwilioAccount>().SigningTokens, url, form, http.Request.Headers[TwilioSignature.Header]));
        var hook = TwilioAddresses.KindOf(kind)!.Value;
        Assert.True(addresses.IsOurs(new(shop), subject, hook, mark));
        await Desk.Get<KeepInbox>().RunAsync([TwilioWebhook.Keep(new(shop), subject, hook, form, Desk.Now)!], default);
        return Results.NoContent();
    }

    /// <summary>What stands of an attempt.</summary>
    public sealed record Row(
        string State, string CallState, string WrapUp, string? Refusal, string? ProviderCallId, int? DurationS, int? SipCode, string? AnsweredBy, decimal? Price, string? PriceUnit,
        bool Abandoned, bool Recorded)
    {
        public (string State, string CallState) Ends => (State, CallState);
    }

    /// <summary>The same time as the scene's, which is known only after the fake has started.</summary>
    private sealed class Follow : TimeProvider
    {
        public TimeProvider Leader { get; set; } = System;

        public override DateTimeOffset GetUtcNow() => Leader.GetUtcNow();
    }
}
