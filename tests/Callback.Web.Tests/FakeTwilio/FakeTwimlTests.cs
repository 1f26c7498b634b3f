using Callback.Telephony.Twilio;
using TwilioFake;

namespace Callback.Web.Tests.Fakes;

/// <summary>What a fake call does with TwiML, fetched or inline.</summary>
public sealed class FakeTwimlTests
{
    private const string Asks = """<Response><Gather numDigits="1" action="/chosen"><Say language="zh-CN">按1接通</Say></Gather><Say>Nothing was pressed</Say></Response>""";

    [Fact]
    public async Task Fetched_twiml_is_asked_for_with_a_signature_the_product_believes()
    {
        await using var account = await FakeAccount.StartAsync();
        account.Hooks.Answers = (_, _) => (200, "<Response><Say>Hello</Say></Response>");
        var url = account.Hooks.Url("/twiml?attempt=7&name=%E6%A2%85");
        using var answer = await account.PostAsync("Calls.json", ("To", FakeAccount.Customer), ("From", FakeAccount.Own), ("Url", url));
        var call = await account.Fake.CallAsync(FakeAccount.Customer, "completed");
        Assert.Equal(["say:en-US:Hello"], call.Heard);
        var asked = Assert.Single(account.Hooks.Received);
        Assert.True(TwilioSignature.Verify([account.Fake.Options.AuthToken], url, asked.Form, asked.Signature));
        Assert.False(TwilioSignature.Verify(["another-token"], url, asked.Form, asked.Signature));
    }

    [Fact]
    public async Task A_pressed_key_goes_to_the_action()
    {
        await using var account = await FakeAccount.StartAsync();
        account.Fake.SetDefault(new Phone { Presses = "1" });
        account.Hooks.Answers = (path, _) => (200, path == "/ask" ? Asks : "<Response><Say>Thanks</Say><Hangup/></Response>");
        using var answer = await account.PostAsync("Calls.json", ("To", FakeAccount.Customer), ("From", FakeAccount.Own), ("Url", account.Hooks.Url("/ask")));
        var call = await account.Fake.CallAsync(FakeAccount.Customer, "completed");
        Assert.Equal(["say:zh-CN:按1接通", "say:en-US:Thanks"], call.Heard);
        Assert.Equal("1", account.Hooks.Received.Single(hook => hook.Path == "/chosen")["Digits"]);
    }

    [Fact]
    public async Task Without_a_key_the_next_verb_is_due()
    {
        await using var account = await FakeAccount.StartAsync();
        await account.CallAsync(twiml: Asks.Replace("numDigits", "timeout=\"0\" numDigits", StringComparison.Ordinal));
        var call = await account.Fake.CallAsync(FakeAccount.Customer, "completed");
        Assert.Equal("say:en-US:Nothing was pressed", call.Heard[^1]);
    }

    [Fact]
    public async Task The_fallback_is_asked_when_the_first_address_fails()
    {
        await using var account = await FakeAccount.StartAsync();
        account.Hooks.Answers = (path, _) => path == "/second" ? (200, "<Response><Say>Second</Say></Response>") : (500, "");
        using var answer = await account.PostAsync(
            "Calls.json", ("To", FakeAccount.Customer), ("From", FakeAccount.Own), ("Url", account.Hooks.Url("/first")), ("FallbackUrl", account.Hooks.Url("/second")));
        Assert.Equal(["say:en-US:Second"], (await account.Fake.CallAsync(FakeAccount.Customer, "completed")).Heard);
    }

    [Theory]
    [InlineData("<Response><Say>unclosed</Response>", "12100")]
    [InlineData("<Antwort/>", "12100")]
    public async Task Twiml_that_cannot_be_read_is_an_error_and_the_call_ends(string twiml, string code)
    {
        await using var account = await FakeAccount.StartAsync();
        await account.CallAsync(twiml: twiml);
        var call = await account.Fake.CallAsync(FakeAccount.Customer, "completed");
        Assert.Contains("application error", Assert.Single(call.Heard), StringComparison.Ordinal);
        Assert.StartsWith(code, Assert.Single(account.Fake.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verb_that_is_not_played_here_is_noted_and_passed_over()
    {
        await using var account = await FakeAccount.StartAsync();
        await account.CallAsync(twiml: "<Response><Enqueue>sales</Enqueue><Say>After</Say></Response>");
        Assert.Equal(["say:en-US:After"], (await account.Fake.CallAsync(FakeAccount.Customer, "completed")).Heard);
        Assert.Contains("Enqueue", Assert.Single(account.Fake.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_call_can_be_sent_to_other_twiml_and_leaves_its_room()
    {
        await using var account = await FakeAccount.StartAsync();
        var (_, customer, _) = await account.TalkAsync();
        using var changed = await account.PostAsync($"Calls/{customer}.json", ("Twiml", "<Response><Say language=\"zh-CN\">抱歉</Say><Hangup/></Response>"));
        var call = await account.Fake.CallAsync(FakeAccount.Customer, "completed");
        Assert.Equal(["say:zh-CN:抱歉"], call.Heard);
        Assert.Equal("complete", account.Fake.Conferences[0].Participants.Single(who => who.Label == "customer").Status);
    }

    [Fact]
    public async Task Digits_sent_on_connecting_and_played_later_are_heard()
    {
        await using var account = await FakeAccount.StartAsync();
        await account.CallAsync(twiml: "<Response><Play digits=\"5\"/></Response>", more: ("SendDigits", "WW7576#"));
        Assert.Equal(["digits:WW7576#", "digits:5"], (await account.Fake.CallAsync(FakeAccount.Customer, "completed")).Heard);
    }
}
