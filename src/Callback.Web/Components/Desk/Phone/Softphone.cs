using Callback.Telephony.Twilio;

namespace Callback.Web.Components.Desk.Phone;

/// <summary>Whether browsers can be phones here: the account has what their sign-in needs, and the program was built with the provider's script.</summary>
/// <param name="account">Null: none is configured.</param>
/// <param name="isBuiltIn">Only a build with <c>-p:Softphone=true</c> has the script.</param>
internal sealed class Softphone(TwilioAccount? account, bool isBuiltIn)
{
    public const string ScriptFile = "lib/twilio-voice/twilio.min.js";

    private static readonly string[] Pages = ["/desk", "/calls"];

    public bool IsHere => account is { HasSoftphone: true } && isBuiltIn;

    /// <summary>Pages on which the browser may be a phone; no other page may use the microphone.</summary>
    public bool IsOn(PathString path) => IsHere && Pages.Any(page => path.StartsWithSegments(page));

    /// <summary>Where the account's browsers send how well calls were heard.</summary>
    public string? Region => account?.Region;
}
