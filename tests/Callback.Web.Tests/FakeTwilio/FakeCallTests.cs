using Callback.Tests.Support;
using TwilioFake;

namespace Callback.Web.Tests.Fakes;

/// <summary>What happens to a call of the fake network, and what its owner is told.</summary>
public sealed class FakeCallTests
{
    [Fact]
    public async Task A_call_that_is_taken_reports_four_events_in_their_order()
    {
        await using var account = await FakeAccount.StartAsync();
        var sid = await account.CallAsync();
        await account.Fake.CallAsync(FakeAccount.Customer, "in-progress");
        Assert.True(account.Fake.HangUp(sid));
        await account.Fake.QuietAsync();
        Assert.Equal(["initiated", "ringing", "in-progress", "completed"], account.Hooks.Received.Select(hook => hook["CallStatus"]));
        Assert.Equal(["0", "1", "2", "3"], account.Hooks.Received.Select(hook => hook["SequenceNumber"]));
        Assert.All(account.Hooks.Received, hook => Assert.Equal(sid, hook["CallSid"]));
        Assert.Equal(("200", "1"), (account.Hooks.Received[3]["SipResponseCode"], account.Hooks.Received[3]["CallDuration"]));
        Assert.Equal(new Rings(1, 1), account.Fake.RingsOf(FakeAccount.Customer));
    }

    [Theory]
    [InlineData(PhoneManner.Busy, "busy", 486, 0)]
    [InlineData(PhoneManner.Fails, "failed", 404, 0)]
    [InlineData(PhoneManner.Declines, "busy", 603, 1)]
    [InlineData(PhoneManner.RingsOut, "no-answer", 487, 1)]
    public async Task A_phone_that_nobody_takes_ends_by_its_manner(PhoneManner manner, string status, int sip, int rang)
    {
        var time = new ManualTime(new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
        await using var account = await FakeAccount.StartAsync(new() { Time = time });
        account.Fake.Set(FakeAccount.Customer, new Phone { Manner = manner });
        await account.CallAsync(more: ("Timeout", "30"));
        foreach (var seconds in (int[])[1, 1, 31])
            time.Advance(TimeSpan.FromSeconds(seconds));
        var call = account.Fake.CallTo(FakeAccount.Customer)!;
        Assert.Equal((status, sip), (call.Status, call.Sip));
        Assert.Null(call.AnsweredAt);
        Assert.Equal(new Rings(1, rang), account.Fake.RingsOf(FakeAccount.Customer));
        await account.Fake.QuietAsync();
        Assert.Equal(status, account.Hooks.Received[^1]["CallStatus"]);
    }

    [Fact]
    public async Task A_phone_that_waits_rings_until_somebody_takes_it()
    {
        await using var account = await FakeAccount.StartAsync();
        account.Fake.Set(FakeAccount.Customer, new Phone { Manner = PhoneManner.Waits });
        var sid = await account.CallAsync();
        await account.Fake.CallAsync(FakeAccount.Customer, "ringing");
        Assert.False(account.Fake.Press(sid, "1"));
        Assert.True(account.Fake.Answer(sid));
        Assert.False(account.Fake.Answer(sid));
        Assert.Equal("in-progress", account.Fake.CallTo(FakeAccount.Customer)!.Status);
    }

    [Fact]
    public async Task Calls_above_the_accounts_rate_wait_in_the_queue_and_say_how_long()
    {
        var time = new ManualTime(new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
        await using var account = await FakeAccount.StartAsync(new() { Time = time, CallsPerSecond = 2 });
        foreach (var number in (string[])["+8613800138001", "+8613800138002", "+8613800138003"])
            await account.CallAsync(number);
        var queued = (await account.GetAsync("Calls.json"))["calls"]!.AsArray().Select(call => (string)call!["queue_time"]!);
        Assert.Equal(["1000", "500", "0"], queued);
        time.Advance(TimeSpan.Zero);
        time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(["ringing", "queued", "queued"], account.Fake.Calls.Select(call => call.Status));
    }

    [Theory]
    [InlineData(PhoneManner.Answers, "Enable", "human")]
    [InlineData(PhoneManner.Machine, "Enable", "machine_start")]
    [InlineData(PhoneManner.Machine, "DetectMessageEnd", "machine_end_beep")]
    public async Task Detection_beside_the_call_reports_who_answered(PhoneManner manner, string mode, string who)
    {
        await using var account = await FakeAccount.StartAsync();
        account.Fake.Set(FakeAccount.Customer, new Phone { Manner = manner });
        await account.CallAsync(more: [("MachineDetection", mode), ("AsyncAmd", "true"), ("AsyncAmdStatusCallback", account.Hooks.Url("/amd"))]);
        await account.Fake.UntilAsync(_ => account.Hooks.Received.Any(hook => hook.Path == "/amd"));
        Assert.Equal(who, account.Hooks.Received.Single(hook => hook.Path == "/amd")["AnsweredBy"]);
    }

    [Fact]
    public async Task Only_the_end_is_reported_to_those_who_ask_for_nothing_else()
    {
        await using var account = await FakeAccount.StartAsync();
        account.Fake.SetDefault(new Phone { HangsUpAfter = TimeSpan.FromMilliseconds(5) });
        using var answer = await account.PostAsync("Calls.json", ("To", FakeAccount.Customer), ("From", FakeAccount.Own), ("Twiml", FakeAccount.JoinRoom), ("StatusCallback", account.Hooks.Url("/end")));
        await account.Fake.CallAsync(FakeAccount.Customer, "completed");
        await account.Fake.QuietAsync();
        Assert.Equal("completed", Assert.Single(account.Hooks.Received)["CallStatus"]);
    }

    [Theory]
    [InlineData("canceled", "canceled")]
    [InlineData("completed", "canceled")]
    public async Task A_ringing_call_can_be_taken_back_and_is_then_over_for_good(string asked, string status)
    {
        await using var account = await FakeAccount.StartAsync();
        account.Fake.SetDefault(new Phone { Manner = PhoneManner.Waits });
        var sid = await account.CallAsync();
        await account.Fake.CallAsync(FakeAccount.Customer, "ringing");
        using var changed = await account.PostAsync($"Calls/{sid}.json", ("Status", asked));
        Assert.Equal(status, (string?)(await FakeAccount.JsonAsync(changed))["status"]);
        Assert.False(account.Fake.Answer(sid));
        using var again = await account.PostAsync($"Calls/{sid}.json", ("Status", "completed"));
        Assert.Equal(21220, (int)(await FakeAccount.JsonAsync(again))["code"]!);
    }

    [Theory]
    [InlineData("+8613800138000", "whole")]
    [InlineData("+8613800138007", "end")]
    [InlineData("client:agent_7", "start")]
    [InlineData("+4930123456", "default")]
    public void The_closest_entry_of_a_script_counts(string number, string entry)
    {
        var script = new PhoneScript
        {
            Default = new Phone { Presses = "default" },
            Numbers = new Dictionary<string, Phone>
            {
                ["+8613800138000"] = new() { Presses = "whole" },
                ["+86*"] = new() { Presses = "country" },
                ["*0138007"] = new() { Presses = "end" },
                ["client:*"] = new() { Presses = "start" },
            },
        };
        Assert.Equal(entry, script.Of(number).Presses);
    }
}
