namespace Callback.Web.Settings;

/// <summary>The providers that place calls.</summary>
internal sealed class TelephonyOptions
{
    public TwilioOptions Twilio { get; set; } = new();
}
