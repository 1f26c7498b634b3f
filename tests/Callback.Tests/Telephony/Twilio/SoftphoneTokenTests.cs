using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Callback.Telephony.Twilio;

namespace Callback.Tests.Telephony.Twilio;

public sealed class SoftphoneTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 5, 0, TimeSpan.Zero);

    private static readonly TwilioAccount Account = Samples.Account(TwilioAccount.DefaultBaseAddress) with { ApiKey = "SK" + Samples.Hex, ApiSecret = "5ecret", ApplicationSid = "AP" + Samples.Hex };

    [Fact]
    public void A_token_names_one_agent_for_an_hour_and_is_signed_with_the_keys_secret()
    {
        var parts = SoftphoneToken.Create(Account, "agent_7", Now).Split('.');
        Assert.Equal("""{"alg":"HS256","typ":"JWT","cty":"twilio-fpa;v=1"}""", Text(parts[0]));
        using var payload = JsonDocument.Parse(Text(parts[1]));
        var root = payload.RootElement;
        Assert.Equal((Account.ApiKey, Samples.AccountSid), (root.GetProperty("iss").GetString(), root.GetProperty("sub").GetString()));
        Assert.Equal($"{Account.ApiKey}-{Now.ToUnixTimeSeconds()}", root.GetProperty("jti").GetString());
        Assert.Equal(3600, root.GetProperty("exp").GetInt64() - root.GetProperty("iat").GetInt64());
        Assert.Equal($$"""{"identity":"agent_7","voice":{"incoming":{"allow":true},"outgoing":{"application_sid":"{{Account.ApplicationSid}}"} } }""".Replace(" ", "", StringComparison.Ordinal), root.GetProperty("grants").GetRawText());
        var signature = HMACSHA256.HashData("5ecret"u8, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        Assert.Equal(Base64Url.EncodeToString(signature), parts[2]);
    }

    [Fact]
    public void Without_an_application_the_browser_is_called_but_does_not_call() =>
        Assert.DoesNotContain("outgoing", Text(SoftphoneToken.Create(Account with { ApplicationSid = null }, "agent_7", Now).Split('.')[1]), StringComparison.Ordinal);

    [Fact]
    public void A_regions_token_names_the_region() =>
        Assert.Contains("\"twr\":\"ie1\"", Text(SoftphoneToken.Create(Account with { BaseAddress = new("https://api.dublin.ie1.twilio.com") }, "agent_7", Now).Split('.')[0]), StringComparison.Ordinal);

    [Fact]
    public void Without_an_api_key_there_are_no_phones_in_the_browser()
    {
        var bare = Account with { ApiKey = null, ApiSecret = null };
        Assert.False(bare.HasSoftphone);
        Assert.Throws<InvalidOperationException>(() => SoftphoneToken.Create(bare, "agent_7", Now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("agent 7")]
    [InlineData("agent@7")]
    [InlineData("坐席")]
    public void An_identity_that_twilio_would_not_take_is_a_fault_of_ours(string identity) =>
        Assert.Throws<ArgumentException>(() => SoftphoneToken.Create(Account, identity, Now));

    private static string Text(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
