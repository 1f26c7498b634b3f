using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Callback.Telephony.Twilio;

/// <summary>Lets one browser be one agent's phone for a while: a JWT that Twilio's voice SDK signs in with.</summary>
public static class SoftphoneToken
{
    /// <summary>The page asks for a new one before; Twilio allows up to 24 hours.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <param name="identity">As in <c>client:identity</c>: 1–121 letters, digits and underscores. No personal data.</param>
    /// <exception cref="InvalidOperationException">The account has no API key (<see cref="TwilioAccount.HasSoftphone"/>).</exception>
    /// <exception cref="ArgumentException">The identity holds something else.</exception>
    public static string Create(TwilioAccount account, string identity, DateTimeOffset now)
    {
        if (account is not { ApiKey: { } key, ApiSecret: { } secret })
            throw new InvalidOperationException("Phones in the browser need telephony.twilio.apiKey and apiSecret.");
        if (identity.Length is 0 or > 121 || !identity.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            throw new ArgumentException("Letters, digits and underscores only.", nameof(identity));
        var issued = now.ToUnixTimeSeconds();
        var header = new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT", ["cty"] = "twilio-fpa;v=1" };
        if (account.Region is { } region)
            header["twr"] = region;
        var payload = new JsonObject
        {
            ["jti"] = $"{key}-{issued}",
            ["iss"] = key,
            ["sub"] = account.AccountSid,
            ["iat"] = issued,
            ["exp"] = issued + (long)Life.TotalSeconds,
            ["grants"] = new JsonObject { ["identity"] = identity, ["voice"] = Voice(account) },
        };
        var signed = $"{Part(header)}.{Part(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed)))}";
    }

    private static JsonObject Voice(TwilioAccount account)
    {
        var voice = new JsonObject { ["incoming"] = new JsonObject { ["allow"] = true } };
        if (account.ApplicationSid is { } application)
            voice["outgoing"] = new JsonObject { ["application_sid"] = application };
        return voice;
    }

    private static string Part(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
