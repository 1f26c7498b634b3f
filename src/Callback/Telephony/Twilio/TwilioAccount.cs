namespace Callback.Telephony.Twilio;

/// <summary>An account at Twilio and how it reaches us. Where none is configured there is no Twilio line, and no service of this type.</summary>
public sealed record TwilioAccount
{
    public static readonly Uri DefaultBaseAddress = new("https://api.twilio.com");

    /// <summary>AC and 32 hexadecimal digits.</summary>
    public required string AccountSid { get; init; }

    /// <summary>Signs Twilio's webhooks, also where an API key signs in.</summary>
    public required string AuthToken { get; init; }

    /// <summary>While the token is changed: the one before is still believed.</summary>
    public string? PreviousAuthToken { get; init; }

    /// <summary>SK and 32 hexadecimal digits: signs in instead of account and token, and signs the softphone's tokens.</summary>
    public string? ApiKey { get; init; }

    public string? ApiSecret { get; init; }

    /// <summary>Twilio's API, of a region too. Plain http only on this machine.</summary>
    public Uri BaseAddress { get; init; } = DefaultBaseAddress;

    /// <summary>Our own address as Twilio sees it: webhooks are sent there, and their signature covers it.</summary>
    public required Uri PublicAddress { get; init; }

    /// <summary>Calls the account may create in a second, 1 to 30. Default 1, which is Twilio's for a new account.</summary>
    public int CallsPerSecond { get; init; } = 1;

    /// <summary>AP and 32 hexadecimal digits: the TwiML application that softphones call; null: no softphone calls out.</summary>
    public string? ApplicationSid { get; init; }

    /// <summary>The region of a regional address, such as ie1; null: Twilio's home in the United States.</summary>
    public string? Region => BaseAddress.Host.Split('.') is [_, _, var region, "twilio", "com"] ? region : null;

    /// <summary>Whether browsers can be phones: their tokens need an API key.</summary>
    public bool HasSoftphone => ApiKey is not null && ApiSecret is not null;

    /// <summary>The tokens a webhook may be signed with, the present one first.</summary>
    public IReadOnlyList<string> SigningTokens => PreviousAuthToken is null ? [AuthToken] : [AuthToken, PreviousAuthToken];

    /// <summary>Never a secret.</summary>
    public override string ToString() => $"Twilio account …{AccountSid[^4..]}";
}
