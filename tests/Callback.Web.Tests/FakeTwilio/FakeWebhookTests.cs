using Callback.Telephony.Twilio;
using TwilioFake;

namespace Callback.Web.Tests.Fakes;

/// <summary>Webhooks that are lost, doubled, late, out of order, forged or refused.</summary>
public sealed class FakeWebhookTests
{
    [Fact]
    public async Task A_lost_webhook_never_comes()
    {
        await using var account = await FakeAccount.StartAsync();
        Assert.Equal(["initiated", "ringing", "completed"], await EventsAsync(account, new WebhookFault(WebhookTrouble.Lose) { Event = "answered" }));
        Assert.Contains(account.Fake.Webhooks, webhook => webhook is { Event: "answered", Failure: "lost", Status: null });
    }

    [Fact]
    public async Task A_doubled_webhook_is_equal_to_the_first_and_has_its_token()
    {
        await using var account = await FakeAccount.StartAsync();
        Assert.Equal(
            ["initiated", "ringing", "ringing", "ringing", "in-progress", "completed"],
            await EventsAsync(account, new WebhookFault(WebhookTrouble.Duplicate) { Event = "ringing", Copies = 3 }));
        var copies = account.Hooks.Received.Where(hook => hook["CallStatus"] == "ringing").ToList();
        Assert.Single(copies.Select(copy => (copy.Token, copy.Signature, copy["SequenceNumber"])).Distinct());
    }

    [Fact]
    public async Task A_webhook_can_come_after_the_next_one()
    {
        await using var account = await FakeAccount.StartAsync();
        Assert.Equal(["initiated", "in-progress", "ringing", "completed"], await EventsAsync(account, new WebhookFault(WebhookTrouble.Reorder) { Event = "ringing" }));
    }

    [Fact]
    public async Task The_last_webhook_held_back_comes_when_the_faults_end()
    {
        await using var account = await FakeAccount.StartAsync();
        Assert.Equal(["initiated", "ringing", "in-progress"], await EventsAsync(account, new WebhookFault(WebhookTrouble.Reorder) { Event = "completed" }));
        account.Fake.EndFaults();
        await account.Fake.QuietAsync();
        Assert.Equal("completed", account.Hooks.Received[^1]["CallStatus"]);
    }

    [Fact]
    public async Task A_late_webhook_lets_others_pass()
    {
        await using var account = await FakeAccount.StartAsync();
        var events = await EventsAsync(account, new WebhookFault(WebhookTrouble.Delay) { Event = "initiated", Delay = TimeSpan.FromMilliseconds(400) });
        Assert.Equal(["ringing", "in-progress", "completed", "initiated"], events);
    }

    [Fact]
    public async Task A_forged_webhook_has_a_signature_that_the_product_does_not_believe()
    {
        await using var account = await FakeAccount.StartAsync();
        await EventsAsync(account, new WebhookFault(WebhookTrouble.Forge) { Event = "ringing" });
        var believed = account.Hooks.Received.Select(hook =>
            (hook["CallStatus"], TwilioSignature.Verify([account.Fake.Options.AuthToken], account.Hooks.Url("/status"), hook.Form, hook.Signature)));
        Assert.Equal([("initiated", true), ("ringing", false), ("in-progress", true), ("completed", true)], believed);
    }

    [Fact]
    public async Task A_test_can_post_a_webhook_of_its_own()
    {
        await using var account = await FakeAccount.StartAsync();
        using var answer = await account.Fake.PostWebhookAsync(account.Hooks.Url("/status"), [new("CallSid", "CA1"), new("CallStatus", "completed")]);
        var hook = Assert.Single(account.Hooks.Received);
        Assert.True(TwilioSignature.Verify([account.Fake.Options.AuthToken], account.Hooks.Url("/status"), hook.Form, hook.Signature));
    }

    /// <summary>A refusal is an answer: it is tried again only if the address asks for that.</summary>
    [Theory]
    [InlineData("", 1)]
    [InlineData("#rc=2&rp=4xx", 1)]
    [InlineData("#rc=2&rp=5xx", 3)]
    [InlineData("#rp=all", 2)]
    public async Task A_refused_webhook_is_tried_again_as_its_address_says(string fragment, int tries)
    {
        await using var account = await FakeAccount.StartAsync();
        account.Hooks.Answers = (_, _) => (503, "");
        account.Fake.SetDefault(new Phone { Manner = PhoneManner.Busy });
        using var answer = await account.PostAsync(
            "Calls.json", ("To", FakeAccount.Customer), ("From", FakeAccount.Own), ("Twiml", FakeAccount.JoinRoom), ("StatusCallback", account.Hooks.Url("/end") + fragment));
        await account.Fake.CallAsync(FakeAccount.Customer, "busy");
        await account.Fake.QuietAsync();
        Assert.Equal(tries, account.Hooks.Received.Count);
        Assert.Single(account.Hooks.Received.Select(hook => (hook.Token, hook.Signature)).Distinct());
        Assert.Equal(Enumerable.Range(1, tries), account.Fake.Webhooks.Select(webhook => webhook.Try));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_tried_twice()
    {
        await using var account = await FakeAccount.StartAsync();
        account.Fake.SetDefault(new Phone { Manner = PhoneManner.Busy });
        var nobody = account.Hooks.Url("/end");
        await account.Hooks.DisposeAsync();
        using var answer = await account.PostAsync("Calls.json", ("To", FakeAccount.Customer), ("From", FakeAccount.Own), ("Twiml", FakeAccount.JoinRoom), ("StatusCallback", nobody));
        await account.Fake.CallAsync(FakeAccount.Customer, "busy");
        await account.Fake.QuietAsync();
        Assert.Equal([(1, "connect"), (2, "connect")], account.Fake.Webhooks.Select(webhook => (webhook.Try, webhook.Failure!)));
    }

    private static async Task<IReadOnlyList<string>> EventsAsync(FakeAccount account, WebhookFault fault)
    {
        account.Fake.Inject(fault);
        var sid = await account.CallAsync();
        await account.Fake.CallAsync(FakeAccount.Customer, "in-progress");
        account.Fake.HangUp(sid);
        await account.Fake.QuietAsync();
        return [.. account.Hooks.Received.Select(hook => hook["CallStatus"])];
    }
}
