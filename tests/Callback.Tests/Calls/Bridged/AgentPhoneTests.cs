using Callback.Calls;
using Callback.Calls.Bridges;
using Callback.Calls.LineUse;
using Callback.Telephony;
using Callback.Tests.Support;
using TwilioFake;

namespace Callback.Tests.Calls.Bridged;

/// <summary>The agent's own phone: called as often as needed, never an attempt.</summary>
public sealed class AgentPhoneTests(TestDatabase database) : IClassFixture<TestDatabase>
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
    public async Task An_agents_phone_whose_events_are_lost_is_found_connected_and_found_gone()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        scene.DoorSays = 503;
        var (agent, phone) = await scene.PersonAsync();
        await scene.Desk.Get<OpenBridge>().RunAsync(agent, default);
        await scene.Twilio.CallAsync(phone, "in-progress");
        var keep = scene.Desk.Get<KeepBridges>();

        await scene.Desk.PassTimeAsync(ProtocolTimes.AskCalling);
        await keep.RunOnceAsync(scene.Desk.Now, default);
        Assert.Equal(BridgeState.Ready, (await scene.PhoneAsync(agent))!.State);
        scene.Twilio.HangUp(scene.Twilio.CallTo(phone)!.Sid);
        await scene.Desk.PassTimeAsync(ProtocolTimes.AskReady);
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
}
