using System.Security.Cryptography;
using System.Text;

namespace Callback.Telephony.Twilio;

/// <summary>Whether a webhook is Twilio's: its X-Twilio-Signature, HMAC-SHA1 keyed with the account's auth token over address and fields.</summary>
public static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    /// <param name="tokens">The account's <see cref="TwilioAccount.SigningTokens"/>.</param>
    /// <param name="url">The public address with path and query exactly as Twilio called it, not decoded.</param>
    /// <param name="form">The fields, decoded, a repeated one repeatedly.</param>
    /// <param name="header">Null: not signed.</param>
    public static bool Verify(IReadOnlyList<string> tokens, string url, IEnumerable<KeyValuePair<string, string>> form, string? header) =>
        header is not null && Verify(tokens, url, FieldsText(form), header);

    /// <summary>A JSON body is signed through its digest, which stands in the address as <c>bodySHA256</c>.</summary>
    public static bool VerifyJson(IReadOnlyList<string> tokens, string url, ReadOnlySpan<byte> body, string? header)
    {
        if (header is null || DigestIn(url) is not { } digest)
            return false;
        var real = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(body)));
        var same = CryptographicOperations.FixedTimeEquals(real, Encoding.UTF8.GetBytes(digest));
        return Verify(tokens, url, "", header) & same;
    }

    private static bool Verify(IReadOnlyList<string> tokens, string url, string fields, string header)
    {
        var given = Encoding.UTF8.GetBytes(header);
        var found = false;
        // Every token and form of the address is tried to the end: the time tells nothing about which one fitted.
        foreach (var token in tokens)
        {
            foreach (var form in AddressForms(url))
                found |= CryptographicOperations.FixedTimeEquals(Signature(token, form + fields), given);
        }
        return found;
    }

    // SHA-1 is Twilio's choice; as an HMAC it still stands.
#pragma warning disable CA5350
    private static byte[] Signature(string token, string signed) =>
        Encoding.ASCII.GetBytes(Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed))));
#pragma warning restore CA5350

    /// <summary>Names in ordinal order, each followed by its value; of a repeated one every different value, in order.</summary>
    private static string FieldsText(IEnumerable<KeyValuePair<string, string>> form)
    {
        var text = new StringBuilder();
        foreach (var field in form.GroupBy(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal).OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            foreach (var value in field.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                text.Append(field.Key).Append(value);
        }
        return text.ToString();
    }

    /// <summary>Twilio writes the port or leaves it out, depending on the product.</summary>
    private static IEnumerable<string> AddressForms(string url)
    {
        yield return url;
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            yield break;
        var length = url.AsSpan(scheme + 3).IndexOfAny('/', '?');
        var end = length < 0 ? url.Length : scheme + 3 + length;
        var bare = url[..end].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        if (bare.Length < end && bare.EndsWith(':'))
            yield return bare[..^1] + url[end..];
        else
            yield return url[..end] + (url.StartsWith("https:", StringComparison.Ordinal) ? ":443" : ":80") + url[end..];
    }

    private static string? DigestIn(string url)
    {
        const string name = "bodySHA256=";
        var query = url.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? null : url[(query + 1)..].Split('&').FirstOrDefault(part => part.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
    }
}
