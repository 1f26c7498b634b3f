using Callback.Calls;
using Callback.Calls.Bridges;
using Callback.Calls.Inbox;
using Callback.Telephony;
using Callback.Tests.Support;
using TwilioFake;

namespace Callback.Tests.Calls.Bridged;

/// <summary>Every kind of answer, delay and loss that there can be between us and the provider, and the state it ends in. The witness is the fake's own count of rings.</summary>
public sealed class LossTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    public static TheoryData<string, RequestFault, string, string, int> Answers() => new()
    {
        { "too many requests", new() { Status = 429, RetryAfter = 1 }, "NotPlaced", "NotPlaced", 0 },
        { "a number that Twilio does not take", new() { Status = 400, Code = 21211, Placed = false }, "NotPlaced", "NotPlaced", 0 },
        { "a country that is not allowed", new() { Status = 400, Code = 21215, Placed = false }, "NotPlaced", "NotPlaced", 0 },
        { "wrong credentials", new() { Status = 401, Placed = false }, "NotPlaced", "NotPlaced", 0 },
        { "500 and nothing placed", new() { Status = 500, Placed = false }, "Unknown", "Spent", 0 },
        { "500 after placing", new() { Status = 500 }, "Unknown", "Placed", 1 },
        { "a proxy's page after placing", new() { Status = 502, Html = true }, "Unknown", "Placed", 1 },
        { "a proxy's page and nothing placed", new() { Status = 503, Html = true, Placed = false }, "Unknown", "Spent", 0 },
        { "a reset before the first byte of the answer", new() { ResetAfter = 0 }, "Unknown", "Placed", 1 },
        { "a reset in the middle of the head", new() { ResetAfter = 20 }, "Unknown", "Placed", 1 },
        { "a reset in the middle of the body", new() { ResetAfter = 400 }, "Unknown", "Placed", 1 },
        { "a reset and nothing placed", new() { ResetAfter = 0, Placed = false }, "Unknown", "Spent", 0 },
        { "a slow answer", new() { Delay = TimeSpan.FromMilliseconds(300) }, "Placed", "Placed", 1 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_ends_in_its_state_and_rings_no_more_than_once(string answer, RequestFault fault, string atFirst, string atLast, int rings)
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        var (order, number) = await scene.CustomerAsync(new() { Manner = PhoneManner.Waits });
        scene.Twilio.Inject(fault with { Path = "/Participants" });
        // No event tells anything: the provider's own list has to.
        scene.DoorSays = 503;

        var hold = await scene.Desk.TakeAsync(agent);
        var dialed = await scene.Desk.DialAsync(agent, hold);

        var attempt = dialed is DialResult.Dialing on ? on.AttemptId : Assert.IsType<DialResult.NotPlaced>(dialed).AttemptId;
        Assert.True(atFirst == (await scene.RowAsync(attempt)).State, answer);
        for (var look = 0; look < 3; look++)
        {
            await scene.Desk.PassTimeAsync(TimeSpan.FromMinutes(8));
            await scene.Desk.Get<ReconcileCalls>().RunOnceAsync(scene.Desk.Now, default);
        }
        Assert.Equal(atLast, (await scene.RowAsync(attempt)).State);
        Assert.Equal((rings, 1), (scene.Twilio.RingsOf(number).Dialled, await scene.Desk.AttemptsAsync(order)));
        // Certainly not rung: the line failed, and one technical call may follow. Anything else: none.
        Assert.Equal(atLast == "NotPlaced" ? 1 : 0, await scene.Desk.OneAsync<int>("select count(*)::integer from call_grants where shop_id = @Shop", new { scene.Desk.Shop }));
        await scene.CleanAsync();
    }

    [Theory]
    [InlineData(WebhookTrouble.Lose)]
    [InlineData(WebhookTrouble.Duplicate)]
    [InlineData(WebhookTrouble.Reorder)]
    [InlineData(WebhookTrouble.Delay)]
    public async Task Whatever_happens_to_the_events_the_call_ends_as_it_ended(WebhookTrouble trouble)
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync(new() { HangsUpAfter = TimeSpan.FromMilliseconds(30) });
        scene.Twilio.Inject(new WebhookFault(trouble) { To = number, Times = 20, Delay = TimeSpan.FromMilliseconds(50) });

        var attempt = (await scene.Desk.CallAsync(agent)).AttemptId;
        await scene.Twilio.UntilAsync(fake => fake.CallTo(number)?.Ended == true);
        await scene.HearAsync();
        scene.Twilio.EndFaults();
        await scene.HearAsync();
        await scene.Desk.PassTimeAsync(TimeSpan.FromSeconds(16));
        await scene.Desk.Get<PollLines>().RunOnceAsync(scene.Desk.Now, default);

        var row = await scene.RowAsync(attempt);
        Assert.Equal(("Ended", "Completed", "Open"), (row.State, row.CallState, row.WrapUp));
        Assert.NotNull(await scene.Desk.OneAsync<DateTimeOffset?>("select answered_at from attempts where attempt_id = @attempt", new { attempt }));
        Assert.Equal(1, scene.Twilio.RingsOf(number).Rang);
        await scene.CleanAsync();
    }

    [Fact]
    public async Task A_running_call_is_asked_about_only_after_a_silence()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync();
        var attempt = await scene.TalkAsync(agent, number);
        int Asked() => scene.Twilio.Requests.Count(request => request.Method == "GET" && request.Path.Contains("/Calls/", StringComparison.Ordinal));

        await scene.Desk.Get<PollLines>().RunOnceAsync(scene.Desk.Now, default);
        await scene.Desk.Get<RefreshCall>().RunAsync(agent, attempt, default);
        Assert.Equal(0, Asked());
        await scene.Desk.PassTimeAsync(TimeSpan.FromSeconds(16));
        await scene.Desk.Get<PollLines>().RunOnceAsync(scene.Desk.Now, default);
        await scene.Desk.Get<PollLines>().RunOnceAsync(scene.Desk.Now, default);

        Assert.Equal(1, Asked());
    }

    [Fact]
    public async Task A_lost_call_is_not_mistaken_for_another_one_to_the_same_host()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        scene.DoorSays = 503;
        var (agent, phone) = await scene.PersonAsync();
        await scene.Desk.Get<OpenBridge>().RunAsync(agent, default);
        await scene.Twilio.CallAsync(phone, "in-progress");
        await scene.Desk.PassTimeAsync(TimeSpan.FromSeconds(11));
        await scene.Desk.Get<KeepBridges>().RunOnceAsync(scene.Desk.Now, default);
        // Two customers behind one privacy host: the first call is ours and known, the second was never placed.
        await scene.CustomerAsync(new() { HangsUpAfter = TimeSpan.FromMilliseconds(10) }, "+8617000000009-1111");
        var first = (await scene.Desk.CallAsync(agent)).AttemptId;
        await scene.Twilio.CallAsync("+8617000000009", "completed");
        await scene.Desk.PassTimeAsync(TimeSpan.FromSeconds(16));
        await scene.Desk.Get<PollLines>().RunOnceAsync(scene.Desk.Now, default);
        Assert.Equal("Ended", (await scene.RowAsync(first)).State);
        await scene.Desk.RecordAsync(agent, first, DeskScene.Outcome("NoAnswer"));
        await scene.CustomerAsync(null, "+8617000000009-2222");
        scene.Twilio.Inject(new RequestFault { Path = "/Calls.json", Status = 500, Placed = false });
        var lost = (await scene.Desk.CallAsync(agent)).AttemptId;

        for (var look = 0; look < 3; look++)
        {
            await scene.Desk.PassTimeAsync(TimeSpan.FromMinutes(8));
            await scene.Desk.Get<ReconcileCalls>().RunOnceAsync(scene.Desk.Now, default);
        }

        Assert.Equal("Spent", (await scene.RowAsync(lost)).State);
    }

    [Fact]
    public async Task An_agents_phone_whose_events_are_lost_is_found_connected_and_found_gone()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        scene.DoorSays = 503;
        var (agent, phone) = await scene.PersonAsync();
        await scene.Desk.Get<OpenBridge>().RunAsync(agent, default);
        await scene.Twilio.CallAsync(phone, "in-progress");
        var keep = scene.Desk.Get<KeepBridges>();

        await scene.Desk.PassTimeAsync(KeepBridges.AskCalling);
        await keep.RunOnceAsync(scene.Desk.Now, default);
        Assert.Equal(BridgeState.Ready, (await scene.PhoneAsync(agent))!.State);
        scene.Twilio.HangUp(scene.Twilio.CallTo(phone)!.Sid);
        await scene.Desk.PassTimeAsync(KeepBridges.AskReady);
        await keep.RunOnceAsync(scene.Desk.Now, default);

        Assert.Equal("ended", (await scene.PhoneAsync(agent))!.GoneReason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_agents_phone_whose_answer_was_lost_is_known_by_its_event_or_given_up(bool placed)
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, phone) = await scene.PersonAsync();
        scene.Twilio.Inject(new RequestFault { Path = "/Calls.json", Status = 500, Placed = placed });

        Assert.IsType<OpenedBridge.Opened>(await scene.Desk.Get<OpenBridge>().RunAsync(agent, default));
        if (placed)
            await scene.Twilio.CallAsync(phone, "in-progress");
        await scene.HearAsync();
        await scene.Desk.PassTimeAsync(KeepBridges.Lost);
        await scene.Desk.Get<KeepBridges>().RunOnceAsync(scene.Desk.Now, default);

        var bridge = (await scene.PhoneAsync(agent))!;
        Assert.Equal(placed ? (BridgeState.Ready, null) : (BridgeState.Gone, "not-found"), (bridge.State, bridge.GoneReason));
    }

    [Fact]
    public async Task A_phone_that_was_closed_while_its_answer_was_on_the_way_is_hung_up_when_it_comes_up()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, phone) = await scene.PersonAsync();
        scene.Twilio.Inject(new RequestFault { Path = "/Calls.json", Status = 500 });
        await scene.Desk.Get<OpenBridge>().RunAsync(agent, default);
        await scene.Desk.Get<CloseBridge>().RunAsync(agent, default);
        await scene.Twilio.CallAsync(phone, "in-progress");

        await scene.HearAsync();

        Assert.True(scene.Twilio.CallTo(phone)!.Ended);
    }

    [Fact]
    public async Task Events_of_a_call_that_is_none_of_ours_are_kept_and_told_to_the_administrator()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync();
        var attempt = await scene.TalkAsync(agent, number);
        var (url, form) = scene.Hooks.Last(hook => hook.Url.EndsWith("/status", StringComparison.Ordinal));
        var other = form.Select(field => field.Key == "CallSid" ? KeyValuePair.Create("CallSid", "CA" + new string('9', 32)) : field).ToList();
        var before = await scene.RowAsync(attempt);

        Assert.True((await scene.Twilio.PostWebhookAsync(url, other)).IsSuccessStatusCode);
        await scene.Desk.Get<ProcessLineInbox>().RunOnceAsync(scene.Desk.Now, default);

        Assert.Equal(before, await scene.RowAsync(attempt));
        Assert.Equal(1, (await scene.Desk.Get<Callback.Calls.LineUse.GetLineHealth>().RunAsync(Actor.System("test"), default))!.UnknownCalls);
        Assert.Equal("Unknown", await scene.Desk.OneAsync<string>("select finding from line_inbox where shop_id = @Shop and finding is not null", new { scene.Desk.Shop }));
        Assert.DoesNotContain(await scene.Desk.AllAsync<string>("select body::text from line_inbox"), body => body.Contains(number, StringComparison.Ordinal));
    }

    /// <summary>Deliveries of a whole call's events, again, in any order and in part: the rows end the same to the last column.</summary>
    [Fact]
    public async Task Replayed_events_in_any_order_change_nothing()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        await scene.SetAsync(CallRecording.Always, machines: true);
        var (agent, _) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync(new() { HangsUpAfter = TimeSpan.FromMilliseconds(30) });
        var attempt = (await scene.Desk.CallAsync(agent)).AttemptId;
        await scene.Twilio.UntilAsync(fake => fake.Webhooks.Any(hook => hook is { Kind: "recording", Event: "completed" }));
        await scene.HearAsync();
        var hooks = scene.Hooks.ToArray();
        var before = await StateAsync(scene, attempt);

        var dice = new Random(4711);
        for (var round = 0; round < 20; round++)
        {
            dice.Shuffle(hooks);
            foreach (var (url, form) in hooks.Take(dice.Next(1, hooks.Length)))
                await scene.Twilio.PostWebhookAsync(url, form);
            await scene.Desk.SqlAsync("update line_inbox set processed_at = null where shop_id = @Shop", new { scene.Desk.Shop });
            await scene.Desk.Get<ProcessLineInbox>().RunOnceAsync(scene.Desk.Now, default);
            Assert.Equal(before, await StateAsync(scene, attempt));
        }
    }

    private static Task<string> StateAsync(TwilioScene scene, Guid attempt) => scene.Desk.OneAsync<string>(
        """
        select md5(
            (select a::text from attempts a where a.attempt_id = @attempt)
            || (select string_agg(b::text, ',' order by b.bridge_id) from bridges b where b.shop_id = @Shop)
            || (select coalesce(string_agg(r::text, ',' order by r.recording_id), '') from recordings r where r.shop_id = @Shop)
            || (select string_agg(e.call_id || e.sequence || e.kind, ',' order by e.call_id, e.sequence, e.kind) from line_events e where e.shop_id = @Shop))
        """,
        new { attempt, scene.Desk.Shop });
}
