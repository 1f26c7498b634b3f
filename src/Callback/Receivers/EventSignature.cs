using System.Security.Cryptography;
using System.Text;

namespace Callback.Receivers;

/// <summary>How a receiver knows that an event is ours and new: the headers of the Standard Webhooks, version 1.</summary>
public static class EventSignature
{
    private const string Prefix = "whsec_";

    /// <summary>A new secret, as it is shown once.</summary>
    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <param name="secret">As shown: <c>whsec_</c> and base64.</param>
    /// <param name="id">Of the event; the same when it is sent again.</param>
    /// <param name="at">When this try is sent, to the second.</param>
    /// <param name="body">Exactly what is sent.</param>
    /// <returns>The value of <c>webhook-signature</c>.</returns>
    public static string Of(string secret, Guid id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret[Prefix.Length..]));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{at.ToUnixTimeSeconds()}."));
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
