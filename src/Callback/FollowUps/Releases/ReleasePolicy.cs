using Callback.Telephony;

namespace Callback.FollowUps.Releases;

/// <summary>How far a release has come.</summary>
public enum ReleaseState
{
    /// <summary>Nobody asked for one.</summary>
    None,

    /// <summary>Asked for; the line's list is being read afresh.</summary>
    Checking,

    /// <summary>Waits for the second person.</summary>
    Waiting,

    /// <summary>The call may be made once more.</summary>
    Approved,

    /// <summary>It was.</summary>
    Used,
    Declined,

    /// <summary>Nobody decided, or nobody called, in time.</summary>
    Lapsed,

    /// <summary>The line knows of the first call after all.</summary>
    CallFound,

    /// <summary>Ended by something else: paid, suppressed, corrected.</summary>
    Closed,
}

/// <summary>What a release of a spent call takes: a reason, fresh empty lists, and two people.</summary>
public static class ReleasePolicy
{
    /// <summary>Empty lists read since it was asked for, before anybody can approve; the approval reads one more.</summary>
    public const int Lists = 3;

    /// <summary>Between two of them: twice what a provider's list may be behind, so that each is another one.</summary>
    public static TimeSpan Between => 2 * ProtocolTimes.ListLag;

    /// <summary>How long a release may be used, from the approval; a request lapses after the same time.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(3);

    /// <param name="lists">Fresh empty lists.</param>
    /// <param name="approved">By a second person.</param>
    /// <param name="closeReason">As in its row; null: open.</param>
    /// <param name="expiresAt">Null: nobody asked.</param>
    /// <param name="now">The present.</param>
    public static ReleaseState StateOf(int lists, bool approved, string? closeReason, DateTimeOffset? expiresAt, DateTimeOffset now) => closeReason switch
    {
        "Used" => ReleaseState.Used,
        "Declined" => ReleaseState.Declined,
        "CallFound" => ReleaseState.CallFound,
        "Expired" => ReleaseState.Lapsed,
        not null => ReleaseState.Closed,
        null when expiresAt is null => ReleaseState.None,
        null when expiresAt <= now => ReleaseState.Lapsed,
        null when approved => ReleaseState.Approved,
        _ => lists < Lists ? ReleaseState.Checking : ReleaseState.Waiting,
    };

    /// <summary>One attempt begets one further right; as long as it was not used, what was declined or has lapsed may be asked for again.</summary>
    public static bool MayBeAskedFor(ReleaseState state) => state is ReleaseState.None or ReleaseState.Declined or ReleaseState.Lapsed;
}
