namespace Callback.Windows;

/// <summary>The lowest layer, which no file can widen: nobody is called at night, and a call never starts just before the close.</summary>
public static class SystemLayer
{
    public static readonly CallWindow LegalHours = CallWindow.Parse("08:00-21:00");

    /// <summary>Carriers in China block a caller from the fifth call to one number in 24 hours; two below that is where this stops.</summary>
    public const int MostPerDay = 3;

    public const int MostPerWeek = 7;

    public static readonly EffectivePolicy Rules = new()
    {
        Preset = "system",
        Week = WeekPlan.Daily(WindowSet.Of(LegalHours)),
        LegalHours = LegalHours,
        CapPerDay = MostPerDay,
        CapPerWeek = MostPerWeek,
        Recording = RecordingRule.Allowed,
    };

    /// <summary>What a preset for tests is built on instead: no limits at all.</summary>
    public static readonly EffectivePolicy Unbounded = Rules with
    {
        Preset = "none",
        Week = WeekPlan.Daily(WindowSet.WholeDay),
        LegalHours = CallWindow.WholeDay,
        CapPerDay = 1000,
        CapPerWeek = 1000,
        ClosingGuard = TimeSpan.Zero,
        RingInsideWindow = false,
        TestsOnly = true,
    };

    /// <summary>What the preset for practice shops is built on: no limits either, but not for tests alone.</summary>
    public static readonly EffectivePolicy Practice = Unbounded with { Preset = PolicyBook.Practice, TestsOnly = false, PracticeOnly = true };
}
