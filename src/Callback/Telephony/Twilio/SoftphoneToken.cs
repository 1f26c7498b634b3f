namespace Callback.Telephony.Twilio;

/// <summary>Lets one browser be one agent's phone for a while: a JWT that Twilio's voice SDK signs in with.</summary>
public static class SoftphoneToken
{
    /// <summary>Longer than any shift; Twilio allows 24 hours.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <param name="identity">As in <c>client:identity</c>: letters, digits and underscore. No personal data.</param>
    /// <exception cref="InvalidOperationException">The account has no API key (<see cref="TwilioAccount.HasSoftphone"/>).</exception>
    public static string Create(TwilioAccount account, string identity, DateTimeOffset now) => throw new NotImplementedException();
}
