namespace Callback.Tests.Telephony.Twilio;

/// <summary>Every look at the monotonic clock finds it a step further. Timers run as usual.</summary>
internal sealed class SteppingTime(TimeSpan step) : TimeProvider
{
    private long looks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Increment(ref looks) * step.Ticks;
}

/// <summary>An hour goes by between two looks at the monotonic clock: no queue, no waiting.</summary>
internal sealed class FastTime : TimeProvider
{
    private long looks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Increment(ref looks) * TimeSpan.TicksPerHour;
}
