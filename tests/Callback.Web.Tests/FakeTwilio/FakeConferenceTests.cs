using System.Net;
using TwilioFake;

namespace Callback.Web.Tests.Fakes;

/// <summary>Rooms of the fake network: who is in them, who is told, when they end.</summary>
public sealed class FakeConferenceTests
{
    [Fact]
    public async Task A_conference_begins_with_the_second_participant_and_ends_with_the_agent()
    {
        await using var account = await FakeAccount.StartAsync();
        var twiml = $"""<Response><Dial><Conference participantLabel="agent" endConferenceOnExit="true" statusCallback="{account.Hooks.Url("/room")}" statusCallbackEvent="start end join leave mute hold modify">room</Conference></Dial></Response>""";
        var agent = await account.CallAsync(FakeAccount.Agent, twiml);
        await account.Fake.UntilAsync(fake => fake.Conferences is [{ Participants: [{ Status: "connected" }] }]);
        Assert.Equal("init", account.Fake.Conferences[0].Status);
        await account.InviteAsync();
        await account.Fake.UntilAsync(fake => fake.Conferences[0].Status == "in-progress");
        account.Fake.HangUp(agent);
        var customer = await account.Fake.CallAsync(FakeAccount.Customer, "completed");
        await account.Fake.QuietAsync();
        Assert.Equal("participant-with-end-conference-on-exit-left", account.Fake.Conferences.Single().Reason);
        Assert.Equal(
            ["participant-join", "conference-start", "participant-join", "participant-leave", "participant-leave", "conference-end"],
            account.Hooks.Received.Where(hook => hook.Path == "/room").Select(hook => hook["StatusCallbackEvent"]));
        Assert.Equal(["agent", "customer"], account.Hooks.Received.Where(hook => hook["StatusCallbackEvent"] == "participant-leave").Select(hook => hook["ParticipantLabel"]));
        Assert.Equal(customer.Sid, account.Hooks.Received[^1]["CallSid"] is { Length: > 0 } last ? last : customer.Sid);
    }

    [Fact]
    public async Task Hold_mute_and_coaching_are_kept_and_told()
    {
        await using var account = await FakeAccount.StartAsync();
        var (agent, customer, room) = await account.TalkAsync();
        account.Hooks.Answers = (_, _) => (200, "<Response><Play>http://music.example/hold.mp3</Play></Response>");
        using var held = await account.PostAsync($"Conferences/{room}/Participants/customer.json", ("Hold", "true"), ("HoldUrl", account.Hooks.Url("/music")));
        using var muted = await account.PostAsync($"Conferences/{room}/Participants/{agent}.json", ("Muted", "true"));
        await account.InviteAsync("+8613700137000", "supervisor", ("Coaching", "true"), ("CallSidToCoach", agent));
        await account.Fake.UntilAsync(fake => fake.CallTo(FakeAccount.Customer)!.Heard.Contains("play:http://music.example/hold.mp3"));
        var there = account.Fake.Conferences[0].Participants.ToDictionary(who => who.Label!);
        Assert.True(there["customer"].Hold);
        Assert.True(there["agent"].Muted);
        Assert.Equal((true, agent), (there["supervisor"].Coaching, there["supervisor"].CallSidToCoach));
        using var barge = await account.PostAsync($"Conferences/{room}/Participants/supervisor.json", ("Coaching", "false"));
        Assert.False(account.Fake.Conferences[0].Participants.Single(who => who.Label == "supervisor").Coaching);
        Assert.Equal(customer, there["customer"].CallSid);
    }

    [Fact]
    public async Task A_kicked_customer_is_hung_up_and_an_agent_goes_on_with_the_next_verb()
    {
        await using var account = await FakeAccount.StartAsync();
        var agent = await account.CallAsync(FakeAccount.Agent, "<Response><Dial><Conference>room</Conference></Dial><Say>Next</Say><Pause length=\"60\"/></Response>");
        await account.Fake.UntilAsync(fake => fake.Conferences is [{ Participants: [{ Status: "connected" }] }]);
        var room = (string)(await account.InviteAsync())["conference_sid"]!;
        await account.Fake.UntilAsync(fake => fake.Conferences[0].Status == "in-progress");
        using var kicked = await account.Client.DeleteAsync(new Uri($"Conferences/{room}/Participants/customer.json", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, kicked.StatusCode);
        Assert.Equal("completed", account.Fake.CallTo(FakeAccount.Customer)!.Status);
        using var gone = await account.Client.GetAsync(new Uri($"Conferences/{room}/Participants/customer.json", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using var left = await account.Client.DeleteAsync(new Uri($"Conferences/{room}/Participants/{agent}.json", UriKind.Relative));
        await account.Fake.UntilAsync(fake => fake.CallTo(FakeAccount.Agent)!.Heard.Contains("say:en-US:Next"));
        Assert.Equal(("in-progress", "last-participant-kicked"), (account.Fake.CallTo(FakeAccount.Agent)!.Status, account.Fake.Conferences.Single().Reason));
    }

    [Fact]
    public async Task A_customer_who_answers_after_the_agent_left_is_alone_in_a_new_room_of_that_name()
    {
        await using var account = await FakeAccount.StartAsync();
        account.Fake.Set(FakeAccount.Customer, new Phone { Manner = PhoneManner.Waits });
        var agent = await account.CallAsync(FakeAccount.Agent, FakeAccount.JoinRoom);
        await account.Fake.UntilAsync(fake => fake.Conferences is [{ Participants: [{ Status: "connected" }] }]);
        await account.InviteAsync();
        var ringing = await account.Fake.CallAsync(FakeAccount.Customer, "ringing");
        account.Fake.HangUp(agent);
        Assert.True(account.Fake.Answer(ringing.Sid));
        Assert.Equal(["completed", "init"], account.Fake.Conferences.Select(room => room.Status));
        Assert.Equal(ringing.Sid, account.Fake.Conferences[1].Participants.Single().CallSid);
    }

    [Fact]
    public async Task Nobody_is_added_to_a_conference_that_is_over()
    {
        await using var account = await FakeAccount.StartAsync();
        var (_, _, room) = await account.TalkAsync();
        using var ended = await account.PostAsync($"Conferences/{room}.json", ("Status", "completed"));
        using var added = await account.PostAsync($"Conferences/{room}/Participants.json", ("To", "+8613800138009"), ("From", FakeAccount.Own));
        Assert.Equal(HttpStatusCode.NotFound, added.StatusCode);
        Assert.Equal(new Rings(0, 0), account.Fake.RingsOf("+8613800138009"));
        Assert.All(account.Fake.Calls, call => Assert.True(call.Ended));
    }
}
