namespace Callback.Windows;

/// <summary>What must be said or agreed before a call is recorded.</summary>
public enum RecordingRule
{
    Allowed,
    Announce,
    ConsentOfAll,
}

/// <summary>How long a person is left alone after something happened; null: no rule.</summary>
public sealed record CoolDowns(TimeSpan? AfterTalk = null, TimeSpan? AfterRefusal = null, TimeSpan? AfterAbandoned = null);

/// <summary>The rules in force for a campaign: the strictest of system, preset, shop and campaign, already worked out. Immutable and safe to share.</summary>
public sealed record EffectivePolicy
{
    /// <summary>The preset it comes from, as in <c>shops.policy</c>.</summary>
    public required string Preset { get; init; }

    /// <summary>When a call may start, per weekday and kind of day, quiet hours already taken out.</summary>
    public required WeekPlan Week { get; init; }

    /// <summary>Null where the policy knows no holidays.</summary>
    public HolidayCalendar? Calendar { get; init; }

    /// <summary>The preset's quiet hours, kept to be able to say why: they are already out of <see cref="Week"/>.</summary>
    public WindowSet QuietHours { get; init; } = WindowSet.Closed;

    /// <summary>Outside these local hours nobody is ever called, not even where a promise was made. 08:00–21:00, or less.</summary>
    public required CallWindow LegalHours { get; init; }

    /// <summary>Calls to one person in 24 hours over all purposes; default 1.</summary>
    public int CapPerDay { get; init; } = 1;

    /// <summary>Calls to one person in 7 days over all purposes; default 2.</summary>
    public int CapPerWeek { get; init; } = 2;

    /// <summary>Calls to one person in 30 days over all purposes; null: no further rule.</summary>
    public int? CapPer30Days { get; init; }

    public CoolDowns CoolDowns { get; init; } = new();

    /// <summary>How long the phone may ring; default 30 s.</summary>
    public TimeSpan RingTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>True: a call that starts must also have stopped ringing when the window closes.</summary>
    public bool RingInsideWindow { get; init; } = true;

    /// <summary>Least time between the last start and the close of the window: deadline 2 s + request 30 s + queue and slack 13 s; default 45 s.</summary>
    public TimeSpan ClosingGuard { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Classes of purposes that need the customer's recorded consent.</summary>
    public IReadOnlySet<PurposeClass> ConsentRequired { get; init; } = new HashSet<PurposeClass>();

    public RecordingRule Recording { get; init; } = RecordingRule.Announce;

    /// <summary>For tests and demonstrations only: refused in Production.</summary>
    public bool TestsOnly { get; init; }

    /// <summary>For shops of invented customers only: nothing rings there, so it knows no hours.</summary>
    public bool PracticeOnly { get; init; }

    /// <summary>The last start lies this long before the close: the longer of closing guard and, if it has to end inside, ring time.</summary>
    public TimeSpan StartGuard => RingInsideWindow && RingTime > ClosingGuard ? RingTime : ClosingGuard;

    public bool NeedsConsent(Purpose purpose) => ConsentRequired.Contains(PurposeClasses.ClassOf(purpose));
}
