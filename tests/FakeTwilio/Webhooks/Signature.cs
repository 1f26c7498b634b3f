using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace TwilioFake.Webhooks;

/// <summary>The X-Twilio-Signature of a request: address and sorted form under the account's token.</summary>
internal static class Signature
{
    [SuppressMessage("Security", "CA5350", Justification = "Twilio signs with HMAC-SHA1.")]
    public static string Of(string token, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var text = new StringBuilder(url);
        var byKey = form.GroupBy(pair => pair.Key, pair => pair.Value).OrderBy(group => group.Key, StringComparer.Ordinal);
        foreach (var group in byKey)
        {
            foreach (var value in group.Distinct().Order(StringComparer.Ordinal))
                text.Append(group.Key).Append(value);
        }
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text.ToString())));
    }
}
