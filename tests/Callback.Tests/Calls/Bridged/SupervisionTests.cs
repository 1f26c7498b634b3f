using Callback.Calls;
using Callback.Calls.Running;
using Callback.Telephony;
using Callback.Tests.Support;
using TwilioFake;

namespace Callback.Tests.Calls.Bridged;

/// <summary>Others in the room: supervisors who listen, whisper, join or take the call over.</summary>
public sealed class SupervisionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_manager_listens_whispers_joins_and_leaves_and_the_audit_knows()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, phone) = await scene.ConnectedAsync();
        var (manager, own) = await scene.PersonAsync("boss", Role.Manager);
        var (_, number) = await scene.CustomerAsync();
        var attempt = await scene.TalkAsync(agent, number);
        var supervise = scene.Desk.Get<Supervise>();

        await supervise.RunAsync(manager, new(scene.Desk.Shop, attempt, GuestMode.Listen), default);
        await scene.Twilio.CallAsync(own, "in-progress");
        await scene.HearAsync();
        Assert.True(scene.Seat(own) is { Muted: true, Coaching: false, EndConferenceOnExit: false });
        Assert.Equal((GuestMode.Listen, GuestState.In), await OnlyGuestAsync(scene, agent, attempt));

        Assert.IsType<ActResult.Done>(await supervise.RunAsync(manager, new(scene.Desk.Shop, attempt, GuestMode.Whisper), default));
        Assert.True(scene.Seat(own) is { Muted: false, Coaching: true } seat && seat.CallSidToCoach == scene.Twilio.CallTo(phone)!.Sid);
        Assert.IsType<ActResult.Done>(await supervise.RunAsync(manager, new(scene.Desk.Shop, attempt, GuestMode.Join), default));
        Assert.True(scene.Seat(own) is { Muted: false, Coaching: false });
        Assert.Equal(GuestMode.Join, Assert.Single(await scene.Desk.Get<ListRunningCalls>().RunAsync(manager, scene.Desk.Shop, default)).Mine);

        await supervise.RunAsync(manager, new(scene.Desk.Shop, attempt, null), default);
        await scene.HearAsync();
        Assert.True(scene.Twilio.CallTo(own)!.Ended && !scene.Twilio.CallTo(number)!.Ended);
        Assert.Empty((await scene.CallAsync(agent, attempt))!.Guests);
        Assert.Equal(3, await scene.Desk.OneAsync<int>(
            "select count(*)::integer from audit where shop_id = @Shop and action = 'call.supervised' and actor_id = @UserId", new { scene.Desk.Shop, manager.UserId }));
    }

    [Fact]
    public async Task Only_managers_of_the_shop_supervise()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        var (other, phone) = await scene.PersonAsync("colleague");
        var (_, number) = await scene.CustomerAsync();
        var attempt = await scene.TalkAsync(agent, number);

        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Desk.Get<Supervise>().RunAsync(other, new(scene.Desk.Shop, attempt, GuestMode.Listen), default));
        var act = await Assert.ThrowsAsync<InvalidInputException>(() => scene.Desk.Get<HoldCustomer>().RunAsync(other, attempt, true, default));

        Assert.Equal("attempt-unknown", act.Problems.Single().Code);
        Assert.Equal(0, scene.Twilio.RingsOf(phone).Dialled);
    }

    [Fact]
    public async Task A_call_is_handed_over_warm_and_goes_on_without_its_agent()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, phone) = await scene.ConnectedAsync();
        var (manager, own) = await scene.PersonAsync("boss", Role.Manager);
        scene.Twilio.Set(own, new() { Manner = PhoneManner.Waits });
        var (_, number) = await scene.CustomerAsync();
        var attempt = await scene.TalkAsync(agent, number);
        var transfer = scene.Desk.Get<TransferTo>();
        Assert.Equal(manager.UserId, Assert.Single(await scene.Desk.Get<ListSupervisors>().RunAsync(agent, attempt, default)).UserId);

        var asked = Assert.IsType<ActResult.Done>(await transfer.StartAsync(agent, attempt, manager.UserId!.Value, default));
        Assert.True(asked.Call.OnHold && scene.Seat(number)!.Hold);
        var early = await Assert.ThrowsAsync<InvalidInputException>(() => transfer.CompleteAsync(agent, attempt, default));
        Assert.Equal("transfer-not-answered", early.Problems.Single().Code);
        await scene.Twilio.CallAsync(own, "ringing");
        scene.Twilio.Answer(scene.Twilio.CallTo(own)!.Sid);
        await scene.HearAsync();
        Assert.IsType<ActResult.Done>(await transfer.CompleteAsync(agent, attempt, default));
        await scene.HearAsync();

        Assert.True(scene.Twilio.CallTo(phone)!.Ended && !scene.Twilio.CallTo(number)!.Ended && !scene.Twilio.CallTo(own)!.Ended);
        Assert.False(scene.Seat(number)!.Hold);
        Assert.Equal(("Placed", "Later"), ((await scene.RowAsync(attempt)).State, (await scene.RowAsync(attempt)).WrapUp));
        Assert.Equal("transferred", (await scene.PhoneAsync(agent))!.GoneReason);
        Assert.Null((await scene.Desk.Get<GetDesk>().RunAsync(agent, default)).Card);
        scene.Twilio.HangUp(scene.Twilio.CallTo(number)!.Sid);
        await scene.HearAsync();
        var row = await scene.RowAsync(attempt);
        Assert.Equal(("Ended", "Completed", false), (row.State, row.CallState, row.Abandoned));
        Assert.Equal(1, scene.Twilio.RingsOf(number).Rang);
        await scene.CleanAsync();
    }

    [Fact]
    public async Task A_hand_over_that_is_withdrawn_gives_the_customer_back()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, phone) = await scene.ConnectedAsync();
        var (manager, own) = await scene.PersonAsync("boss", Role.Manager);
        scene.Twilio.Set(own, new() { Manner = PhoneManner.Waits });
        var (_, number) = await scene.CustomerAsync();
        var attempt = await scene.TalkAsync(agent, number);
        var transfer = scene.Desk.Get<TransferTo>();
        await transfer.StartAsync(agent, attempt, manager.UserId!.Value, default);
        await scene.Twilio.CallAsync(own, "ringing");

        var back = Assert.IsType<ActResult.Done>(await transfer.WithdrawAsync(agent, attempt, default));

        Assert.True(back.Call is { OnHold: false, Transfer: null } && !scene.Seat(number)!.Hold);
        Assert.True(scene.Twilio.CallTo(own)!.Ended && !scene.Twilio.CallTo(number)!.Ended && !scene.Twilio.CallTo(phone)!.Ended);
    }

    [Fact]
    public async Task Nobody_but_a_manager_can_be_handed_a_call_and_no_phone_means_no_hand_over()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        var (colleague, phone) = await scene.PersonAsync("colleague");
        var (_, number) = await scene.CustomerAsync();
        var attempt = await scene.TalkAsync(agent, number);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => scene.Desk.Get<TransferTo>().StartAsync(agent, attempt, colleague.UserId!.Value, default));

        Assert.Equal("supervisor-unknown", refused.Problems.Single().Code);
        Assert.Equal(0, scene.Twilio.RingsOf(phone).Dialled);
        Assert.False(scene.Seat(number)!.Hold);
    }

    [Fact]
    public async Task A_supervisor_who_does_not_pick_up_is_gone_by_himself_and_the_talk_goes_on()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        var (manager, own) = await scene.PersonAsync("boss", Role.Manager);
        scene.Twilio.Set(own, new() { Manner = PhoneManner.Busy });
        var (_, number) = await scene.CustomerAsync();
        var attempt = await scene.TalkAsync(agent, number);

        await scene.Desk.Get<TransferTo>().StartAsync(agent, attempt, manager.UserId!.Value, default);
        await scene.Twilio.CallAsync(own, "busy");
        await scene.HearAsync();

        var call = (await scene.CallAsync(agent, attempt))!;
        Assert.True(call is { Transfer: null, Talking: true, OnHold: true });
    }

    private static async Task<(GuestMode, GuestState)> OnlyGuestAsync(TwilioScene scene, Actor agent, Guid attempt)
    {
        var guest = Assert.Single((await scene.CallAsync(agent, attempt))!.Guests);
        return (guest.Mode, guest.State);
    }
}
