namespace Callback.Windows;

/// <summary>The weekdays as files and forms name them: mon … sun, Monday first.</summary>
public static class Weekdays
{
    public static readonly IReadOnlyList<DayOfWeek> Week =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    private static readonly string[] Names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public static string NameOf(DayOfWeek weekday) => Names[(int)weekday];

    public static DayOfWeek? TryParse(string? name) => Array.IndexOf(Names, name) is var index and >= 0 ? (DayOfWeek)index : null;
}
