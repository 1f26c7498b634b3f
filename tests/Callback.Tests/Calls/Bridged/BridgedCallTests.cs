using Callback.Calls.Bridges;
using Callback.Calls.Inbox;
using Callback.Calls.Running;
using Callback.Telephony;
using Callback.Tests.Support;
using TwilioFake;

namespace Callback.Tests.Calls.Bridged;

/// <summary>Calls through a room: the agent's phone first, then the customer.</summary>
public sealed class BridgedCallTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_whole_call_rings_the_customer_once_and_leaves_the_agents_phone_connected()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, phone) = await scene.ConnectedAsync();
        var (_, number) = await scene.CustomerAsync();

        var attempt = await scene.TalkAsync(agent, number);

        Assert.Equal(("Placed", "Answered"), (await scene.RowAsync(attempt)).Ends);
        Assert.Equal(["agent", "customer"], scene.Twilio.Conferences.Single().Participants.Select(seat => seat.Label));
        Assert.Contains(scene.Twilio.CallTo(number)!.Parameters, parameter => parameter is { Key: "EarlyMedia", Value: "true" });
        scene.Twilio.HangUp(scene.Twilio.CallTo(number)!.Sid);
        await scene.HearAsync();
        var row = await scene.RowAsync(attempt);
        Assert.Equal(("Ended", "Completed"), row.Ends);
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
}
