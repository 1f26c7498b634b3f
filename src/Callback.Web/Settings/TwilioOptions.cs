using System.ComponentModel.DataAnnotations;
using Callback.Telephony.Twilio;

namespace Callback.Web.Settings;

/// <summary>An account at Twilio. Without <see cref="AccountSid"/> there is no Twilio line, and no campaign can choose it.</summary>
internal sealed class TwilioOptions : IValidatableObject
{
    private const string Hex32 = "[0-9a-fA-F]{32}$";

    /// <summary>AC and 32 hexadecimal digits, from the console's first page.</summary>
    [RegularExpression("^AC" + Hex32, ErrorMessage = "AC and 32 hexadecimal digits are needed.")]
    public string? AccountSid { get; set; }

    /// <summary>Proves that a webhook is Twilio's; signs in, too, where no API key is given.</summary>
    [Secret]
    public string? AuthToken { get; set; }

    /// <summary>While the token is being changed: the one before, still believed in webhooks.</summary>
    [Secret]
    public string? PreviousAuthToken { get; set; }

    /// <summary>SK and 32 hexadecimal digits: signs in instead of the token. Needed for phones in the browser.</summary>
    [RegularExpression("^SK" + Hex32, ErrorMessage = "SK and 32 hexadecimal digits are needed.")]
    public string? ApiKey { get; set; }

    [Secret]
    public string? ApiSecret { get; set; }

    /// <summary>Twilio's API; of a region too, such as https://api.dublin.ie1.twilio.com. Plain http only on this machine.</summary>
    public Uri BaseAddress { get; set; } = TwilioAccount.DefaultBaseAddress;

    /// <summary>This program's own address as Twilio reaches it, such as https://calls.shop.example. Webhooks are sent there and signed for it.</summary>
    public Uri? PublicAddress { get; set; }

    /// <summary>Calls the account may create in a second, 1 to 30; more than that wait on this side.</summary>
    [Range(1, 30)]
    public int CallsPerSecond { get; set; } = 1;

    /// <summary>AP and 32 hexadecimal digits: the TwiML application of phones in the browser.</summary>
    [RegularExpression("^AP" + Hex32, ErrorMessage = "AP and 32 hexadecimal digits are needed.")]
    public string? ApplicationSid { get; set; }

    /// <returns>Null: none is configured.</returns>
    public TwilioAccount? Account() => Given(AccountSid) is not { } sid ? null : new()
    {
        AccountSid = sid,
        AuthToken = AuthToken!,
        PreviousAuthToken = Given(PreviousAuthToken),
        ApiKey = Given(ApiKey),
        ApiSecret = Given(ApiSecret),
        BaseAddress = BaseAddress,
        PublicAddress = PublicAddress!,
        CallsPerSecond = CallsPerSecond,
        ApplicationSid = Given(ApplicationSid),
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Allowed(BaseAddress))
            yield return new("an https:// address is needed, without path; http:// only on this machine.", [nameof(BaseAddress)]);
        if (PublicAddress is not null && (!Allowed(PublicAddress, path: true) || PublicAddress.Host.Contains('_', StringComparison.Ordinal)))
            yield return new("an https:// address without '_' in its host is needed; http:// only on this machine.", [nameof(PublicAddress)]);
        if (Given(ApiKey) is null != Given(ApiSecret) is null)
            yield return new("apiKey and apiSecret go together.", [Given(ApiKey) is null ? nameof(ApiKey) : nameof(ApiSecret)]);
        if (Given(AccountSid) is null)
            yield break;
        if (Given(AuthToken) is null)
            yield return new("is needed with accountSid: webhooks are signed with it.", [nameof(AuthToken)]);
        if (PublicAddress is null)
            yield return new("is needed with accountSid: Twilio reports there how calls go.", [nameof(PublicAddress)]);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static bool Allowed(Uri address, bool path = false) =>
        address.IsAbsoluteUri && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback))
        && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0 && (path || address.AbsolutePath == "/");
}
