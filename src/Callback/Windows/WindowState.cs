namespace Callback.Windows;

/// <summary>Whether a call may start at a moment.</summary>
public abstract record WindowState
{
    private WindowState()
    {
    }

    /// <param name="ClosesAt">The last moment at which a call may still start: the end of the window less the guard.</param>
    public sealed record Open(DateTimeOffset ClosesAt) : WindowState;

    /// <param name="OpensAt">The first moment at which a call may start again, or null: not within 60 days, or not known.</param>
    public sealed record Closed(ClosedReason Reason, DateTimeOffset? OpensAt) : WindowState;
}

/// <summary>Why no call may start now.</summary>
public enum ClosedReason
{
    /// <summary>The day has windows, and now is not in one of them.</summary>
    OutsideWindow,

    /// <summary>The window is about to end: a call started now could ring beyond it.</summary>
    Closing,

    /// <summary>Night, or quiet hours of the policy.</summary>
    QuietHours,

    /// <summary>A weekday without windows.</summary>
    DayOff,

    /// <summary>A public holiday of the policy's calendar.</summary>
    Holiday,

    /// <summary>The policy goes by a holiday calendar, and there is none for the year.</summary>
    NoCalendar,
}
