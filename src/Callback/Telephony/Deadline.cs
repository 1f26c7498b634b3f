namespace Callback.Telephony;

/// <summary>Until when a call may be sent, by the monotonic clock: a process that was paused wakes up behind it and sends nothing.</summary>
public sealed class Deadline
{
    /// <summary>From the gate's look at the clock to the line's first byte. The closing guard of every window counts with it.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(2);

    private readonly TimeProvider time;
    private readonly long start;

    private Deadline(TimeProvider time)
    {
        this.time = time;
        start = time.GetTimestamp();
    }

    public static Deadline StartNow(TimeProvider time) => new(time);

    public bool Passed => Left <= TimeSpan.Zero;

    /// <summary>Zero or less: passed.</summary>
    public TimeSpan Left => Span - time.GetElapsedTime(start);
}
