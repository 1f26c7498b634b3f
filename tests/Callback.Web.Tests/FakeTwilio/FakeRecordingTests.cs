using System.Net;
using System.Text.Json.Nodes;
using TwilioFake;

namespace Callback.Web.Tests.Fakes;

/// <summary>Recordings of the fake network, from the first word to their deletion.</summary>
public sealed class FakeRecordingTests
{
    [Fact]
    public async Task A_recorded_customer_gives_two_channels_that_can_be_heard_until_they_are_deleted()
    {
        await using var account = await FakeAccount.StartAsync();
        var (_, customer, _) = await account.TalkAsync(
            ("Record", "true"), ("RecordingChannels", "dual"), ("RecordingStatusCallback", account.Hooks.Url("/tape")), ("RecordingStatusCallbackEvent", "in-progress completed"));
        var sid = (string)(await account.GetAsync($"Recordings.json?CallSid={customer}"))["recordings"]![0]!["sid"]!;
        using var early = await account.Client.GetAsync(new Uri($"Recordings/{sid}.wav", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        account.Fake.HangUp(customer);
        await account.Fake.UntilAsync(_ => account.Hooks.Received.Count(hook => hook.Path == "/tape") == 2);
        var done = account.Hooks.Received.Last(hook => hook.Path == "/tape");
        Assert.Equal(("completed", "2", sid), (done["RecordingStatus"], done["RecordingChannels"], done["RecordingSid"]));
        var wav = await account.Client.GetByteArrayAsync(new Uri($"Recordings/{sid}.wav", UriKind.Relative));
        Assert.Equal((2, 44 + (int.Parse(done["RecordingDuration"], null) * 8000 * 2 * 2)), (wav[22], wav.Length));
        using var deleted = await account.Client.DeleteAsync(new Uri($"Recordings/{sid}.json", UriKind.Relative));
        using var gone = await account.Client.GetAsync(new Uri($"Recordings/{sid}.wav", UriKind.Relative));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, gone.StatusCode));
    }

    [Fact]
    public async Task A_recording_is_paused_and_taken_up_again_while_it_runs()
    {
        await using var account = await FakeAccount.StartAsync();
        var (_, customer, _) = await account.TalkAsync(("Record", "true"));
        Assert.Equal("paused", (string?)(await ChangeAsync(account, $"Calls/{customer}", "paused"))["status"]);
        Assert.Equal("in-progress", (string?)(await ChangeAsync(account, $"Calls/{customer}", "in-progress"))["status"]);
        Assert.Equal(21220, (int)(await ChangeAsync(account, $"Calls/{customer}", "louder"))["code"]!);
        account.Fake.HangUp(customer);
        Assert.Equal(20404, (int)(await ChangeAsync(account, $"Calls/{customer}", "paused"))["code"]!);
    }

    [Fact]
    public async Task A_recorded_room_gives_one_channel()
    {
        await using var account = await FakeAccount.StartAsync();
        await account.CallAsync(FakeAccount.Agent, FakeAccount.JoinRoom.Replace("participantLabel", "record=\"record-from-start\" participantLabel", StringComparison.Ordinal));
        await account.Fake.UntilAsync(fake => fake.Conferences is [{ Participants: [{ Status: "connected" }] }]);
        Assert.Empty((await account.GetAsync("Recordings.json"))["recordings"]!.AsArray());
        var room = (string)(await account.InviteAsync())["conference_sid"]!;
        await account.Fake.UntilAsync(fake => fake.Conferences[0].Status == "in-progress");
        var recording = (await account.GetAsync($"Conferences/{room}/Recordings.json"))["recordings"]![0]!;
        Assert.Equal((1, "Conference"), ((int)recording["channels"]!, (string)recording["source"]!));
    }

    [Fact]
    public async Task A_call_that_nobody_took_has_no_recording()
    {
        await using var account = await FakeAccount.StartAsync();
        account.Fake.SetDefault(new Phone { Manner = PhoneManner.Busy });
        await account.InviteAsync(more: [("Record", "true"), ("RecordingStatusCallback", account.Hooks.Url("/tape")), ("RecordingStatusCallbackEvent", "completed absent")]);
        await account.Fake.UntilAsync(_ => account.Hooks.Received.Any(hook => hook.Path == "/tape"));
        Assert.Equal("absent", account.Hooks.Received.Single(hook => hook.Path == "/tape")["RecordingStatus"]);
    }

    [Fact]
    public async Task A_part_of_the_sound_can_be_asked_for()
    {
        await using var account = await FakeAccount.StartAsync();
        var (_, customer, _) = await account.TalkAsync(("Record", "true"));
        account.Fake.HangUp(customer);
        await account.Fake.QuietAsync();
        var sid = (string)(await account.GetAsync("Recordings.json"))["recordings"]![0]!["sid"]!;
        await UntilReadyAsync(account, sid);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"Recordings/{sid}.mp3", UriKind.Relative)) { Headers = { Range = new(2, 5) } };
        using var part = await account.Client.SendAsync(request);
        Assert.Equal((HttpStatusCode.PartialContent, 4), (part.StatusCode, (await part.Content.ReadAsByteArrayAsync()).Length));
    }

    private static Task UntilReadyAsync(FakeAccount account, string sid) =>
        account.Fake.UntilAsync(_ => (string?)account.GetAsync($"Recordings/{sid}.json").GetAwaiter().GetResult()["status"] == "completed");

    private static async Task<JsonObject> ChangeAsync(FakeAccount account, string of, string status)
    {
        using var answer = await account.PostAsync($"{of}/Recordings/Twilio.CURRENT.json", ("Status", status));
        return await FakeAccount.JsonAsync(answer);
    }
}
