using System.Text.Json.Nodes;

namespace Callback.Web.Tests.Fakes;

/// <summary>The fake's answers have the shapes that Twilio's own description gives them.</summary>
public sealed class FakeShapesTests
{
    private const string Account = "/2010-04-01/Accounts/{AccountSid}";
    private static readonly TwilioDescription Description = TwilioDescription.Load();

    [Fact]
    public async Task Every_answer_has_the_shape_of_the_description()
    {
        await using var account = await FakeAccount.StartAsync();
        var (agent, customer, room) = await account.TalkAsync(("Record", "true"), ("RecordingChannels", "dual"));
        await HoldsAsync(account, "GET", "/Calls.json", "Calls.json");
        await HoldsAsync(account, "GET", "/Calls/{Sid}.json", $"Calls/{customer}.json");
        await HoldsAsync(account, "GET", "/Conferences.json", "Conferences.json");
        await HoldsAsync(account, "GET", "/Conferences/{Sid}.json", $"Conferences/{room}.json");
        await HoldsAsync(account, "GET", "/Conferences/{ConferenceSid}/Participants.json", $"Conferences/{room}/Participants.json");
        await HoldsAsync(account, "GET", "/Conferences/{ConferenceSid}/Participants/{CallSid}.json", $"Conferences/{room}/Participants/customer.json");
        await HoldsAsync(account, "POST", "/Conferences/{ConferenceSid}/Participants/{CallSid}.json", $"Conferences/{room}/Participants/{agent}.json", ("Muted", "true"));
        await HoldsAsync(account, "GET", "/Calls/{CallSid}/Recordings.json", $"Calls/{customer}/Recordings.json");
        await HoldsAsync(account, "POST", "/Calls/{CallSid}/Recordings/{Sid}.json", $"Calls/{customer}/Recordings/Twilio.CURRENT.json", ("Status", "paused"));
        await HoldsAsync(account, "POST", "/Calls/{CallSid}/Recordings.json", $"Calls/{agent}/Recordings.json", ("RecordingChannels", "mono"));
        await HoldsAsync(account, "GET", "/Recordings.json", "Recordings.json");
        await HoldsAsync(account, "GET", "/IncomingPhoneNumbers.json", "IncomingPhoneNumbers.json");
        await HoldsAsync(account, "GET", "/OutgoingCallerIds.json", "OutgoingCallerIds.json");
        await HoldsAsync(account, "POST", "/Conferences/{Sid}.json", $"Conferences/{room}.json", ("Status", "completed"));
        await account.Fake.CallAsync(FakeAccount.Customer, "completed");
        await HoldsAsync(account, "GET", "/Calls/{Sid}.json", $"Calls/{customer}.json");
        await HoldsAsync(account, "POST", "/Calls.json", "Calls.json", ("To", FakeAccount.Customer), ("From", FakeAccount.Own), ("Twiml", FakeAccount.JoinRoom));
        await HoldsAsync(account, "POST", "/Conferences/{ConferenceSid}/Participants.json", "Conferences/room/Participants.json", ("To", FakeAccount.Customer), ("From", FakeAccount.Own));
    }

    [Fact]
    public async Task The_account_has_the_shape_of_the_description()
    {
        await using var account = await FakeAccount.StartAsync();
        var answer = await account.GetAsync($"../{account.Fake.Options.AccountSid}.json");
        Assert.Empty(Description.Faults("GET", "/2010-04-01/Accounts/{Sid}.json", 200, answer));
    }

    /// <summary>The check itself: what is wrong is seen.</summary>
    [Theory]
    [InlineData("sid", "CA12", "pattern")]
    [InlineData("status", "answered", "none of")]
    [InlineData("date_created", "2026-11-22T18:54:25Z", "RFC 2822")]
    [InlineData("hangup_by", "me", "not described")]
    public async Task A_wrong_field_is_seen(string field, string value, string why)
    {
        await using var account = await FakeAccount.StartAsync();
        var call = await account.GetAsync($"Calls/{await account.CallAsync()}.json");
        Assert.Empty(Description.Faults("GET", $"{Account}/Calls/{{Sid}}.json", 200, call));
        call[field] = value;
        Assert.Contains(why, Assert.Single(Description.Faults("GET", $"{Account}/Calls/{{Sid}}.json", 200, call)), StringComparison.Ordinal);
    }

    private static async Task HoldsAsync(FakeAccount account, string method, string described, string path, params (string, string)[] form)
    {
        using var answer = method == "GET" ? await account.Client.GetAsync(new Uri(path, UriKind.Relative)) : await account.PostAsync(path, form);
        JsonObject body = await FakeAccount.JsonAsync(answer);
        Assert.Empty(Description.Faults(method, Account + described, (int)answer.StatusCode, body));
    }
}
