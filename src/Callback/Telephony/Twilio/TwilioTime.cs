using Callback.Database.Clock;

namespace Callback.Telephony.Twilio;

/// <summary>Twilio's clock is the world's; ours may be moved (CALLBACK_CLOCK, never in Production), and then the same moment has two names.</summary>
internal sealed class TwilioTime(TimeProvider time)
{
    private TimeSpan Moved => time is OffsetTimeProvider moved ? moved.Offset : TimeSpan.Zero;

    public DateTimeOffset ToTwilio(DateTimeOffset ours) => ours - Moved;

    public DateTimeOffset ToOurs(DateTimeOffset twilios) => twilios + Moved;

    /// <summary>Twilio tells whole seconds, and its clock is not ours: nothing is said to have happened in our future.</summary>
    public DateTimeOffset ToOursOrNow(DateTimeOffset? twilios)
    {
        var now = time.GetUtcNow();
        return twilios is { } at && ToOurs(at) < now ? ToOurs(at) : now;
    }
}
