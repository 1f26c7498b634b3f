namespace Callback.Telephony.Twilio;

/// <summary>Whether a webhook is Twilio's: its X-Twilio-Signature, HMAC-SHA1 keyed with the account's auth token over address and fields.</summary>
public static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    /// <param name="tokens">The account's <see cref="TwilioAccount.SigningTokens"/>.</param>
    /// <param name="url">The public address with path and query exactly as Twilio called it, not decoded.</param>
    /// <param name="form">The fields, decoded, a repeated one repeatedly.</param>
    /// <param name="header">Null: not signed.</param>
    public static bool Verify(IReadOnlyList<string> tokens, string url, IEnumerable<KeyValuePair<string, string>> form, string? header) => throw new NotImplementedException();

    /// <summary>A JSON body is signed through its digest, which stands in the address as <c>bodySHA256</c>.</summary>
    public static bool VerifyJson(IReadOnlyList<string> tokens, string url, ReadOnlySpan<byte> body, string? header) => throw new NotImplementedException();
}
