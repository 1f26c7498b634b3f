using Callback.Calls;
using Callback.Calls.Bridges;
using Callback.Calls.Inbox;
using Callback.Calls.LineUse;
using Callback.Telephony;
using Callback.Tests.Support;
using TwilioFake;

namespace Callback.Tests.Calls.Bridged;

/// <summary>Events that are lost, doubled, late, replayed, or about nobody of ours.</summary>
public sealed class EventTests(TestDatabase database) : IClassFixture<TestDatabase>
{
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
    public async Task A_call_that_twilio_does_not_know_any_more_is_over_after_a_day_and_counts_as_rung()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync();
        var attempt = await scene.TalkAsync(agent, number);
        scene.Twilio.Reset();

        await scene.Desk.PassTimeAsync(TimeSpan.FromHours(23));
        await scene.Desk.Get<PollLines>().RunOnceAsync(scene.Desk.Now, default);
        Assert.Equal("Placed", (await scene.RowAsync(attempt)).State);

        await scene.Desk.PassTimeAsync(TimeSpan.FromHours(2));
        await scene.Desk.Get<PollLines>().RunOnceAsync(scene.Desk.Now, default);
        var row = await scene.RowAsync(attempt);
        Assert.Equal(("Ended", "Completed"), (row.State, row.CallState));
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
        Assert.Equal(1, (await scene.Desk.Get<GetLineHealth>().RunAsync(Actor.System("test"), default))!.UnknownCalls);
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
