namespace Callback.Tests.Telephony.Twilio;

/// <summary>The yardstick itself: what is not as described is seen.</summary>
public sealed class TwilioDescriptionTests
{
    private const string Calls = $"/2010-04-01/Accounts/{Samples.AccountSid}/Calls.json";
    private const string Good = "To=%2B8613800138000&From=%2B861012345678&Url=https%3A%2F%2Fd.example%2Fv";

    [Theory]
    [InlineData("POST", Calls, Good)]
    [InlineData("POST", Calls, Good + "&StatusCallbackEvent=initiated&StatusCallbackEvent=ringing")]
    [InlineData("GET", Calls + "?To=%2B8613800138000&PageSize=1000", "")]
    [InlineData("GET", $"/2010-04-01/Accounts/{Samples.AccountSid}/Recordings/{Samples.RecordingSid}.wav", "")]
    [InlineData("DELETE", $"/2010-04-01/Accounts/{Samples.AccountSid}/Recordings/{Samples.RecordingSid}.json", "")]
    public void A_request_as_described_has_no_fault(string verb, string target, string body) => Assert.Empty(Faults(verb, target, body));

    [Theory]
    [InlineData("POST", Calls, "From=%2B861012345678", "To is missing")]
    [InlineData("POST", Calls, Good + "&Timeout=abc", "Timeout is no integer")]
    [InlineData("POST", Calls, Good + "&Timeout=601", "Timeout is nothing Twilio knows")]
    [InlineData("POST", Calls, Good + "&Method=PATCH", "Method is none of its words")]
    [InlineData("POST", Calls, Good + "&Record=yes", "Record is neither true nor false")]
    [InlineData("POST", Calls, Good + "&StatusCallback=here", "StatusCallback is no uri")]
    [InlineData("POST", Calls, Good + "&Twiml=%3CResponse%3E", "Twiml is no twiml")]
    [InlineData("POST", Calls, Good + "&Timeout=30&Timeout=40", "Timeout is repeated")]
    [InlineData("POST", Calls, Good + "&IdempotencyKey=1", "IdempotencyKey is unknown")]
    [InlineData("POST", Calls, Good + "&ApplicationSid=AP1", "ApplicationSid has another form")]
    [InlineData("POST", Calls, Good + "&StatusCallbackEvent=started", "StatusCallbackEvent is nothing Twilio knows")]
    [InlineData("POST", Calls, "To=13800138000&From=%2B861012345678", "To is no endpoint")]
    [InlineData("GET", Calls + "?PageSize=1001", "", "PageSize is out of range")]
    [InlineData("GET", Calls + "?Status=bogus", "", "Status is none of its words")]
    [InlineData("GET", "/2010-04-01/Accounts/AC1/Calls.json", "", "AccountSid has another form")]
    [InlineData("PUT", Calls, Good, "no PUT " + Calls)]
    [InlineData("POST", "/2010-04-01/Nothing.json", Good, "no path /2010-04-01/Nothing.json")]
    public void What_is_not_as_described_is_named(string verb, string target, string body, string fault) => Assert.Contains(fault, Faults(verb, target, body));

    [Fact]
    public void A_request_needs_its_credentials_and_a_form()
    {
        var bare = new WireRequest("POST", Calls, new Dictionary<string, string>(), Good, 0);
        Assert.Equal(["not signed in", "a body of type ''"], TwilioDescription.Load().Faults(bare));
    }

    private static IReadOnlyList<string> Faults(string verb, string target, string body) => TwilioDescription.Load().Faults(
        new(verb, target, new Dictionary<string, string> { ["Authorization"] = "Basic eDp5", ["Content-Type"] = "application/x-www-form-urlencoded" }, body, 0));
}
