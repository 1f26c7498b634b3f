using System.Security.Cryptography;
using System.Text;
using Callback.Telephony.Twilio;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.Telephony.Twilio;

public sealed class TwilioSignatureTests
{
    private const string Url = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private const string Known = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["CallSid"] = "CA1234567890ABCDE",
        ["From"] = "+14158675309",
        ["Digits"] = "1234",
        ["To"] = "+18005551212",
        ["Caller"] = "+14158675309",
    };

    [Fact]
    public void Twilios_own_example_is_right() => Assert.True(TwilioSignature.Verify(["12345"], Url, Fields, Known));

    [Theory]
    [InlineData("https://mycompany.com:443/myapp.php?foo=1&bar=2", true)]
    [InlineData("https://mycompany.com:8443/myapp.php?foo=1&bar=2", true)]
    [InlineData("http://mycompany.com/myapp.php?foo=1&bar=2", false)]
    [InlineData("https://MyCompany.com/myapp.php?foo=1&bar=2", false)]
    [InlineData("https://mycompany.com/myapp.php?bar=2&foo=1", false)]
    [InlineData("https://mycompany.com/myapp.php?foo=%31&bar=2", false)]
    [InlineData("https://mycompany.com/myapp.php", false)]
    [InlineData("", false)]
    public void The_address_counts_to_the_letter_but_for_its_port(string url, bool right) => Assert.Equal(right, TwilioSignature.Verify(["12345"], url, Fields, Known));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B8")]
    [InlineData("rsoyDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("不是签名")]
    public void Another_signature_or_none_is_wrong(string? header) => Assert.False(TwilioSignature.Verify(["12345"], Url, Fields, header));

    [Fact]
    public void While_the_token_is_changed_both_are_believed_and_then_one()
    {
        var account = Samples.Account(TwilioAccount.DefaultBaseAddress) with { AuthToken = "new", PreviousAuthToken = "12345" };
        Assert.True(TwilioSignature.Verify(account.SigningTokens, Url, Fields, Known));
        Assert.False(TwilioSignature.Verify((account with { PreviousAuthToken = null }).SigningTokens, Url, Fields, Known));
    }

    [Fact]
    public void A_json_body_is_signed_by_its_digest()
    {
        var body = """{"property": "value", "boolean": true}"""u8.ToArray();
        const string digest = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
        const string url = $"{Url}&bodySHA256={digest}";
        var header = Sign("12345", url);
        Assert.True(TwilioSignature.VerifyJson(["12345"], url, body, header));
        Assert.False(TwilioSignature.VerifyJson(["12345"], url, [.. body, (byte)' '], header));
        Assert.False(TwilioSignature.VerifyJson(["1234"], url, body, header));
        Assert.False(TwilioSignature.VerifyJson(["12345"], Url, body, Sign("12345", Url)));
        Assert.False(TwilioSignature.VerifyJson(["12345"], url, body, null));
    }

    /// <summary>A field more, less or changed, and the signature no longer fits.</summary>
    [Fact]
    public void Any_change_of_the_fields_is_seen() => Prop.ForAll<NonNull<string>, NonNull<string>>((name, value) =>
    {
        var key = $"k{name.Get}";
        var form = new Dictionary<string, string>(Fields, StringComparer.Ordinal) { [key] = value.Get };
        var header = Sign("12345", Url + string.Concat(form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key + field.Value)));
        return TwilioSignature.Verify(["12345"], Url, form, header)
            && TwilioSignature.Verify(["12345"], Url, form.Reverse(), header)
            && !TwilioSignature.Verify(["12345"], Url, Fields, header)
            && !TwilioSignature.Verify(["12345"], Url, new Dictionary<string, string>(form) { [key] = value.Get + "x" }, header);
    }).QuickCheckThrowOnFailure();

#pragma warning disable CA5350
    private static string Sign(string token, string signed) => Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed)));
#pragma warning restore CA5350
}
