namespace Callback.Database.Clock;

/// <summary>Whether this node's clock may be trusted with a call: it goes with the database's, and the database's has not run back.</summary>
public sealed class ClockHealth
{
    /// <summary>A node whose clock is further from the database's does not dial.</summary>
    public static readonly TimeSpan LargestDifference = TimeSpan.FromSeconds(2);

    /// <summary>How far the database's clock may be seen to run back.</summary>
    public static readonly TimeSpan LargestStepBack = TimeSpan.FromSeconds(1);

    private volatile ClockReading last = new(TimeSpan.Zero, TimeSpan.Zero);

    public ClockReading Last => last;

    public bool MayDial => last.Difference.Duration() <= LargestDifference && last.RanBack <= LargestStepBack;

    public void Note(ClockReading reading) => last = reading;
}

/// <param name="Difference">The node's clock minus the database's.</param>
/// <param name="RanBack">How far the database's clock is behind the highest time it has shown; zero when it is not.</param>
public sealed record ClockReading(TimeSpan Difference, TimeSpan RanBack);
