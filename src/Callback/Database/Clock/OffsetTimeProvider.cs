namespace Callback.Database.Clock;

/// <summary>The machine's clock, moved by the installation's offset. Timers and time stamps for durations stay the machine's.</summary>
public sealed class OffsetTimeProvider(TimeProvider machine) : TimeProvider
{
    private long offsetTicks;

    /// <summary>The clock of this machine, not moved: what is compared with the database's.</summary>
    public TimeProvider Machine { get; } = machine;

    /// <summary>Zero but in demonstrations and tests. Another process may bring a new one; the heartbeat then takes it over.</summary>
    public TimeSpan Offset
    {
        get => new(Interlocked.Read(ref offsetTicks));
        set => Interlocked.Exchange(ref offsetTicks, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => Machine.GetUtcNow() + Offset;

    public override long TimestampFrequency => Machine.TimestampFrequency;

    public override long GetTimestamp() => Machine.GetTimestamp();

    public override TimeZoneInfo LocalTimeZone => Machine.LocalTimeZone;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        Machine.CreateTimer(callback, state, dueTime, period);
}
