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
        await using var account = await FakeAccount.StartAsync();
        account.Fake.Set(FakeAccount.Customer, new Phone { Manner = manner });
        await account.CallAsync(more: ("Timeout", "1"));
        var call = await account.Fake.CallAsync(FakeAccount.Customer, status);
        Assert.Equal(sip, call.Sip);
        Assert.Null(call.AnsweredAt);
        Assert.Equal(new Rings(1, rang), account.Fake.RingsOf(FakeAccount.Customer));
        await account.Fake.QuietAsync();
        Assert.Equal(status, account.Hooks.Received[^1]["CallStatus"]);
    }
}
