using Callback.Calls;
using Callback.Calls.Bridges;
using Callback.Calls.LineUse;
using Callback.Tests.Support;
using TwilioFake;

namespace Callback.Tests.Calls.Bridged;

/// <summary>Customers whose agent's phone is gone, and rooms into which somebody may still come.</summary>
public sealed class AloneCustomerTests(TestDatabase database) : IClassFixture<TestDatabase>
{
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
        Assert.Equal(("Ended", "Canceled"), (await scene.RowAsync(lost.AttemptId)).Ends);
        await scene.Desk.RecordAsync(agent, lost.AttemptId, DeskScene.Outcome("NoAnswer"));
        await scene.Desk.CallAsync(agent);
        await scene.Twilio.CallAsync(second, "in-progress");
        Assert.Equal((1, 1), (scene.Twilio.RingsOf(first).Dialled, scene.Twilio.RingsOf(second).Dialled));
    }
}
