using System.Buffers.Text;
using System.Security.Cryptography;
using Callback.Database.PersonalData;

namespace Callback.Telephony.Twilio;

/// <summary>What a webhook is about, as the last part of its address.</summary>
public enum HookKind
{
    /// <summary>A customer's call; the subject is the attempt.</summary>
    Status,

    /// <summary>Who answered, person or machine; the subject is the attempt.</summary>
    Amd,

    /// <summary>A recording; the subject is the attempt.</summary>
    Recording,

    /// <summary>An agent's phone; the subject is the bridge.</summary>
    Leg,

    /// <summary>A room; the subject is the bridge.</summary>
    Conference,

    /// <summary>Somebody else's phone; the subject is the guest.</summary>
    Guest,
}

/// <summary>
/// Where Twilio tells what happens: every address names its shop and subject, and carries a mark that only we can make. So what is told is told about that subject,
/// whatever else the request says.
/// </summary>
public sealed class TwilioAddresses(TwilioAccount account, PersonalDataVault vault)
{
    /// <summary>18 bytes, 24 characters.</summary>
    private const int MarkBytes = 18;

    public const string Path = "/webhooks/twilio";

    public Uri Of(ShopId shop, Guid subject, HookKind kind) => new(UrlOf($"{Path}/{shop}/{subject:N}/{MarkOf(shop, subject, kind)}/{NameOf(kind)}"));

    /// <summary>The public address of a path with its query, exactly as Twilio called it.</summary>
    public string UrlOf(string pathAndQuery) => account.PublicAddress.AbsoluteUri.TrimEnd('/') + pathAndQuery;

    public bool IsOurs(ShopId shop, Guid subject, HookKind kind, string mark) =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(MarkOf(shop, subject, kind)), System.Text.Encoding.UTF8.GetBytes(mark));

    public static HookKind? KindOf(string name) => Enum.TryParse<HookKind>(name, ignoreCase: true, out var kind) && NameOf(kind) == name ? kind : null;

    private static string NameOf(HookKind kind) => kind.ToString().ToLowerInvariant();

    private string MarkOf(ShopId shop, Guid subject, HookKind kind) =>
        Base64Url.EncodeToString(vault.AddressMark($"twilio\n{shop}\n{subject:N}\n{NameOf(kind)}").AsSpan(0, MarkBytes));
}
