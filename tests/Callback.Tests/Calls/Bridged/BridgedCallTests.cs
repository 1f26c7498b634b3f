using Callback.Calls;
using Callback.Calls.Bridges;
using Callback.Calls.Inbox;
using Callback.Calls.LineUse;
using Callback.Calls.Running;
using Callback.Database;
using Callback.Telephony;
using Callback.Telephony.Twilio;
using Callback.Tests.Support;
using Npgsql;
using TwilioFake;

namespace Callback.Tests.Calls.Bridged;

/// <summary>Calls through a room: the agent's phone first, then the customer.</summary>
public sealed class BridgedCallTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_agents_phone_is_called_into_a_room_and_is_no_attempt()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, phone) = await scene.ConnectedAsync();
        await scene.Desk.Get<OpenBridge>().RunAsync(agent, default);

        var bridge = (await scene.PhoneAsync(agent))!;
        Assert.Equal((BridgeState.Ready, LegKind.Phone, phone[^4..]), (bridge.State, bridge.Leg, bridge.Last4));
        Assert.Equal(1, scene.Twilio.RingsOf(phone).Rang);
        Assert.Equal("agent", scene.Seat(phone)!.Label);
        Assert.Equal(0, await scene.Desk.OneAsync<int>("select count(*)::integer from attempts where shop_id = @Shop", new { scene.Desk.Shop }));
        Assert.DoesNotContain(scene.Twilio.Conferences.Single().Name, phone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_connected_phone_nothing_is_dialed_nothing_spent_and_the_card_is_kept()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.PersonAsync();
        var (order, number) = await scene.CustomerAsync();
        var hold = await scene.Desk.TakeAsync(agent);

        var blocked = Assert.IsType<DialResult.Blocked>(await scene.Desk.DialAsync(agent, hold));

        Assert.Equal(("AgentLegNotReady", true), (blocked.Reason, blocked.CardKept));
        Assert.Equal((0, 0), (await scene.Desk.AttemptsAsync(order), scene.Twilio.RingsOf(number).Dialled));
        Assert.Equal(hold, (await scene.Desk.Get<GetDesk>().RunAsync(agent, default)).Card!.HoldId);
    }

    [Fact]
    public async Task A_whole_call_rings_the_customer_once_and_leaves_the_agents_phone_connected()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, phone) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync();

        var attempt = await scene.TalkAsync(agent, number);

        Assert.Equal(("Placed", "Answered"), Of(await scene.RowAsync(attempt)));
        Assert.Equal(["agent", "customer"], scene.Twilio.Conferences.Single().Participants.Select(seat => seat.Label));
        Assert.Contains(scene.Twilio.CallTo(number)!.Parameters, parameter => parameter is { Key: "EarlyMedia", Value: "true" });
        scene.Twilio.HangUp(scene.Twilio.CallTo(number)!.Sid);
        await scene.HearAsync();
        var row = await scene.RowAsync(attempt);
        Assert.Equal(("Ended", "Completed"), Of(row));
        Assert.Equal(("Open", 200), (row.WrapUp, row.SipCode));
        Assert.NotNull(row.DurationS);
        Assert.Equal((1, 1), (scene.Twilio.RingsOf(number).Rang, scene.Twilio.RingsOf(phone).Rang));
        Assert.Equal(BridgeState.Ready, (await scene.PhoneAsync(agent))!.State);
        await scene.Desk.RecordAsync(agent, attempt, DeskScene.Outcome("WillPay"));
        await scene.CleanAsync();
    }

    [Theory]
    [InlineData(PhoneManner.Busy, "Busy", 486)]
    [InlineData(PhoneManner.Declines, "Declined", 603)]
    [InlineData(PhoneManner.Fails, "Failed", 404)]
    [InlineData(PhoneManner.Machine, "Completed", 200)]
    public async Task What_the_network_says_is_how_the_call_ends(PhoneManner manner, string callState, int sip)
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        await scene.SetAsync(CallRecording.Off, machines: true);
        var (agent, _) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync(new() { Manner = manner, HangsUpAfter = TimeSpan.FromMilliseconds(50) });

        var attempt = (await scene.Desk.CallAsync(agent)).AttemptId;
        await scene.Twilio.UntilAsync(fake => fake.CallTo(number)!.Ended);
        await scene.HearAsync();

        var row = await scene.RowAsync(attempt);
        Assert.Equal(("Ended", callState, (int?)sip), (row.State, row.CallState, row.SipCode));
        Assert.Equal(manner == PhoneManner.Machine ? "machine_start" : null, row.AnsweredBy);
        await scene.CleanAsync();
    }

    [Fact]
    public async Task Nobody_answers_within_the_ring_time_of_the_policy()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync(new() { Manner = PhoneManner.Waits });

        await scene.TalkAsync(agent, number, "ringing");

        Assert.Contains(scene.Twilio.CallTo(number)!.Parameters, parameter => parameter is { Key: "Timeout", Value: "30" });
    }

    [Fact]
    public async Task Hold_and_mute_are_done_to_the_right_leg_and_shown()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, phone) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync();
        var attempt = await scene.TalkAsync(agent, number);

        var held = Assert.IsType<ActResult.Done>(await scene.Desk.Get<HoldCustomer>().RunAsync(agent, attempt, true, default));
        Assert.True(held.Call.OnHold && scene.Seat(number)!.Hold && !scene.Seat(phone)!.Hold);
        Assert.IsType<ActResult.Done>(await scene.Desk.Get<HoldCustomer>().RunAsync(agent, attempt, false, default));
        var muted = Assert.IsType<ActResult.Done>(await scene.Desk.Get<MuteAgent>().RunAsync(agent, attempt, true, default));

        Assert.True(muted.Call is { Muted: true, OnHold: false } && scene.Seat(phone)!.Muted && !scene.Seat(number)!.Muted && !scene.Seat(number)!.Hold);
    }

    [Fact]
    public async Task Key_tones_reach_the_customer_who_then_is_in_the_room_again()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync();
        var attempt = await scene.TalkAsync(agent, number);

        Assert.IsType<ActResult.Done>(await scene.Desk.Get<SendDigits>().RunAsync(agent, attempt, "w12#", default));

        await scene.Twilio.UntilAsync(fake => fake.CallTo(number)!.Heard.Contains("digits:w12#") && scene.Seat(number)!.Status == "connected");
        var bad = await Assert.ThrowsAsync<InvalidInputException>(() => scene.Desk.Get<SendDigits>().RunAsync(agent, attempt, "12a", default));
        Assert.Equal("digits-invalid", bad.Problems.Single().Code);
    }

    [Fact]
    public async Task The_extension_of_a_privacy_number_is_sent_when_its_host_answers()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        await scene.CustomerAsync(number: "+8617000000001-7576");

        await scene.TalkAsync(agent, "+8617000000001");

        var call = scene.Twilio.CallTo("+8617000000001")!;
        Assert.Contains(call.Parameters, parameter => parameter is { Key: "SendDigits", Value: "WW7576#" });
        await scene.Twilio.UntilAsync(_ => scene.Seat("+8617000000001")?.Label == "customer");
    }

    [Fact]
    public async Task Hanging_up_all_ends_both_legs_and_the_phone_can_be_connected_anew()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, phone) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync();
        var attempt = await scene.TalkAsync(agent, number);

        Assert.IsType<ActResult.Done>(await scene.Desk.Get<HangUp>().RunAsync(agent, attempt, HangUpLeg.All, default));
        await scene.HearAsync();

        Assert.True(scene.Twilio.CallTo(number)!.Ended && scene.Twilio.CallTo(phone)!.Ended);
        Assert.Equal("Ended", (await scene.RowAsync(attempt)).State);
        Assert.Equal((BridgeState.Gone, "closed"), ((await scene.PhoneAsync(agent))!.State, (await scene.PhoneAsync(agent))!.GoneReason));
        Assert.False((await scene.RowAsync(attempt)).Abandoned);
        await scene.ConnectAsync(agent, phone);
        Assert.Equal(2, scene.Twilio.RingsOf(phone).Rang);
    }

    [Fact]
    public async Task A_customer_who_answers_after_the_agents_phone_is_gone_hears_an_apology_and_counts_as_abandoned()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, phone) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync(new() { Manner = PhoneManner.Waits });
        var attempt = await scene.TalkAsync(agent, number, "ringing");

        // The customer takes the call in the moment between the phone's end and our hearing of it.
        scene.Twilio.HangUp(scene.Twilio.CallTo(phone)!.Sid);
        scene.Twilio.Answer(scene.Twilio.CallTo(number)!.Sid);
        await scene.HearAsync();
        await scene.HearAsync();

        await scene.Twilio.UntilAsync(fake => fake.CallTo(number)!.Ended);
        Assert.Contains(scene.Twilio.CallTo(number)!.Heard, heard => heard.StartsWith("say:zh-CN:非常抱歉", StringComparison.Ordinal));
        Assert.True((await scene.RowAsync(attempt)).Abandoned);
        var health = (await scene.Desk.Get<GetLineHealth>().RunAsync(Actor.System("test"), default))!;
        Assert.True(health.Abandoned >= 1 && health.AbandonedRate > 0);
    }

    [Fact]
    public async Task A_call_that_still_rings_is_given_up_when_the_agents_phone_goes()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, phone) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync(new() { Manner = PhoneManner.Waits });
        var attempt = await scene.TalkAsync(agent, number, "ringing");

        scene.Twilio.HangUp(scene.Twilio.CallTo(phone)!.Sid);
        await scene.HearAsync();
        await scene.HearAsync();

        var row = await scene.RowAsync(attempt);
        Assert.Equal(("Ended", "Canceled", false), (row.State, row.CallState, row.Abandoned));
    }

    [Fact]
    public async Task An_agent_who_hangs_up_during_the_talk_abandons_nobody()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, phone) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync();
        var attempt = await scene.TalkAsync(agent, number);
        await scene.Desk.PassTimeAsync(TimeSpan.FromMinutes(2));

        scene.Twilio.HangUp(scene.Twilio.CallTo(phone)!.Sid);
        await scene.HearAsync();
        await scene.HearAsync();

        var row = await scene.RowAsync(attempt);
        Assert.Equal(("Ended", "Completed", false), (row.State, row.CallState, row.Abandoned));
        Assert.Equal(BridgeState.Gone, (await scene.PhoneAsync(agent))!.State);
    }

    [Fact]
    public async Task No_second_customer_is_called_into_a_room_where_one_may_still_come_in()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, phone) = await scene.ConnectedAsync();
        var (_, first) = await scene.CustomerAsync(new() { Manner = PhoneManner.Waits });
        scene.Twilio.Inject(new RequestFault { Path = "/Participants", Status = 500 });
        var lost = await scene.Desk.CallAsync(agent);
        Assert.Equal(AttemptState.Unknown, lost.State);
        var (order, second) = await scene.CustomerAsync();

        var blocked = Assert.IsType<DialResult.Blocked>(await scene.Desk.DialAsync(agent, await scene.Desk.TakeAsync(agent)));
        Assert.Equal("RoomOccupied", blocked.Reason);
        Assert.Equal(0, await scene.Desk.AttemptsAsync(order));

        // With another room the phone is free; the first call's events tell that it rings for nobody, and it is given up.
        await scene.Desk.Get<CloseBridge>().RunAsync(agent, default);
        await scene.ConnectAsync(agent, phone);
        await scene.HearAsync();
        Assert.Equal(("Ended", "Canceled"), Of(await scene.RowAsync(lost.AttemptId)));
        await scene.Desk.RecordAsync(agent, lost.AttemptId, DeskScene.Outcome("NoAnswer"));
        await scene.Desk.CallAsync(agent);
        await scene.Twilio.CallAsync(second, "in-progress");
        Assert.Equal((1, 1), (scene.Twilio.RingsOf(first).Dialled, scene.Twilio.RingsOf(second).Dialled));
    }

    [Fact]
    public async Task A_phone_wanted_for_one_call_only_is_hung_up_after_it_and_one_that_nobody_needs_after_an_hour()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (once, phone) = await scene.ConnectedAsync(keepOpen: false);
        var (_, number) = await scene.CustomerAsync(new() { HangsUpAfter = TimeSpan.FromMilliseconds(20) });
        var keep = scene.Desk.Get<KeepBridges>();
        await keep.RunOnceAsync(scene.Desk.Now, default);
        Assert.False(scene.Twilio.CallTo(phone)!.Ended);
        await scene.TalkAsync(once, number, "completed");
        var (idle, other) = await scene.ConnectedAsync("idle");

        await keep.RunOnceAsync(scene.Desk.Now, default);
        await scene.HearAsync();

        Assert.True(scene.Twilio.CallTo(phone)!.Ended && !scene.Twilio.CallTo(other)!.Ended);
        await scene.Desk.PassTimeAsync(TimeSpan.FromMinutes(61));
        await keep.RunOnceAsync(scene.Desk.Now, default);
        Assert.Equal("idle", (await scene.PhoneAsync(idle))!.GoneReason);
        Assert.True(scene.Twilio.CallTo(other)!.Ended);
    }

    [Fact]
    public async Task An_agents_phone_may_not_be_a_customers_number()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.PersonAsync();
        var (_, number) = await scene.CustomerAsync();

        var refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => scene.Desk.Get<SaveAgentLeg>().RunAsync(agent, new(null, LegKind.Phone, number, true), default));

        Assert.Equal("leg-is-customer", refused.Problems.Single().Code);
        Assert.Equal(0, scene.Twilio.RingsOf(number).Dialled);
        await Assert.ThrowsAsync<InvalidInputException>(() => scene.Desk.Get<TestCall>().RunAsync(Actor.System("test"), new(scene.Desk.Shop, number), default));
        Assert.IsType<LineAnswer.Accepted>(await scene.Desk.Get<TestCall>().RunAsync(Actor.System("test"), new(scene.Desk.Shop, "+8613911112222"), default));
        Assert.Equal(0, scene.Twilio.RingsOf(number).Dialled);
    }

    [Fact]
    public async Task The_price_of_a_call_is_asked_for_after_its_end_and_kept()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync(new() { HangsUpAfter = TimeSpan.FromMilliseconds(20) });
        var attempt = await scene.TalkAsync(agent, number, "completed");
        var prices = scene.Desk.Get<FetchPrices>();

        await prices.RunOnceAsync(scene.Desk.Now, default);
        Assert.Null((await scene.RowAsync(attempt)).Price);
        await scene.Desk.PassTimeAsync(TimeSpan.FromMinutes(3));
        await prices.RunOnceAsync(scene.Desk.Now, default);

        var row = await scene.RowAsync(attempt);
        Assert.True(row.Price > 0);
        Assert.Equal("USD", row.PriceUnit);
    }

    /// <summary>As for every other line: who held one connection and asked for another would stop the node with a handful of dials.</summary>
    [Fact]
    public async Task A_call_through_a_room_never_needs_two_connections_at_once()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        await using var source = DapperSetup.OpenSource(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Timeout = 5 }.ConnectionString, poolSize: 1);
        await using var node = scene.Desk.Node(new Db(source), services => services.AddTwilio(scene.Account));
        await scene.SetAsync(CallRecording.Always, machines: true);
        var (agent, phone) = await scene.PersonAsync();
        await scene.CustomerAsync();

        await node.Get<OpenBridge>().RunAsync(agent, default);
        await scene.Twilio.CallAsync(phone, "in-progress");
        await HearAsync();
        await node.Get<KeepBridges>().RunOnceAsync(node.Now.AddMinutes(2), default);
        var attempt = (await node.CallAsync(agent)).AttemptId;
        await scene.Twilio.UntilAsync(fake => fake.Conferences.Any(room => room.Participants.Any(seat => seat is { Label: "customer", Status: "connected" })));
        await HearAsync();
        Assert.IsType<ActResult.Done>(await node.Get<HoldCustomer>().RunAsync(agent, attempt, true, default));
        Assert.IsType<ActResult.Done>(await node.Get<PauseRecording>().RunAsync(agent, attempt, true, default));
        Assert.IsType<ActResult.Done>(await node.Get<HangUp>().RunAsync(agent, attempt, HangUpLeg.All, default));
        await HearAsync();
        await node.Get<PollLines>().RunOnceAsync(node.Now.AddMinutes(1), default);
        await node.Get<ReconcileCalls>().RunOnceAsync(node.Now.AddMinutes(1), default);
        await node.Get<FetchPrices>().RunOnceAsync(node.Now.AddMinutes(5), default);
        Assert.Equal("Ended", (await scene.RowAsync(attempt)).State);

        async Task HearAsync()
        {
            await scene.Twilio.QuietAsync();
            await node.Get<ProcessLineInbox>().RunOnceAsync(node.Now, default);
        }
    }

    private static (string State, string CallState) Of(TwilioScene.Row row) => (row.State, row.CallState);
}
