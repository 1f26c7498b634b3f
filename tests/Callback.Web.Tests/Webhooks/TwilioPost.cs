using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Callback.Telephony.Twilio;

namespace Callback.Web.Tests.Webhooks;

/// <summary>Requests as Twilio would send them, and such as it would not.</summary>
internal static class TwilioPost
{
    public const string Present = "0123456789abcdef0123456789abcdef";
    public const string Previous = "fedcba9876543210fedcba9876543210";

    public static readonly TwilioAccount Account = new()
    {
        AccountSid = "AC" + new string('a', 32),
        AuthToken = Present,
        PreviousAuthToken = Previous,
        // Nothing listens there: the door goes by the address that is configured, not by the one it was reached at.
        PublicAddress = new("https://calls.example.com:8443/behind/a/proxy"),
    };

    public static string NewCall() => $"CA{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    public static List<KeyValuePair<string, string>> Form(string call, int sequence = 1) =>
    [
        new("CallSid", call), new("AccountSid", Account.AccountSid), new("CallStatus", "ringing"), new("From", "+15005550006"), new("To", "+8613900139000"), new("ToCity", "上海"),
        new("SequenceNumber", sequence.ToString(CultureInfo.InvariantCulture)), new("Timestamp", "Mon, 23 Nov 2026 03:05:00 +0000"), new("ApiVersion", ""),
    ];

    public static HttpRequestMessage Signed(string path, IReadOnlyList<KeyValuePair<string, string>> form, string token, string? signedPath = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add(TwilioSignature.Header, Sign(token, Account.PublicAddress.AbsoluteUri + (signedPath ?? path), form));
        return request;
    }

    [SuppressMessage("Security", "CA5350", Justification = "Twilio signs with HMAC-SHA1.")]
    public static string Sign(string token, string url, IEnumerable<KeyValuePair<string, string>> form) => Convert.ToBase64String(HMACSHA1.HashData(
        Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(url + string.Concat(form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key + field.Value)))));

    public static HttpRequestMessage With(HttpRequestMessage request, IEnumerable<KeyValuePair<string, string>> form)
    {
        request.Content = new FormUrlEncodedContent(form);
        return request;
    }

    /// <summary>One thing of a good request changed: a field, the signature, the address.</summary>
    public static HttpRequestMessage Mutated(Random dice, string path, string call)
    {
        var form = Form(call);
        var mutation = dice.Next(4) switch { 0 => "field", 1 => "signature", 2 => "mark", _ => "more" };
        HttpRequestMessage request;
        switch (mutation)
        {
            case "field":
                var place = dice.Next(form.Count);
                request = With(Signed(path, form, Present), form.Select((field, at) => at == place ? new(field.Key, field.Value + (char)dice.Next('a', 'z')) : field));
                break;
            case "signature":
                request = Signed(path, form, Present);
                var good = request.Headers.GetValues(TwilioSignature.Header).Single();
                request.Headers.Remove(TwilioSignature.Header);
                request.Headers.Add(TwilioSignature.Header, Changed(dice, good));
                break;
            case "mark":
                var mark = path.Split('/')[^2];
                request = Signed(path.Replace(mark, Changed(dice, mark), StringComparison.Ordinal), form, Present);
                break;
            default:
                request = With(Signed(path, form, Present), form.Append(new($"Extra{dice.Next(100)}", "1")));
                break;
        }
        request.Options.Set(new HttpRequestOptionsKey<string>("mutation"), mutation);
        return request;
    }

    public static string Changed(Random dice, string text)
    {
        var place = dice.Next(text.Length - 2);
        return text[..place] + (text[place] == 'x' ? 'y' : 'x') + text[(place + 1)..];
    }
}
