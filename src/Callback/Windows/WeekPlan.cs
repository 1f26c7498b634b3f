using System.Collections.Immutable;

namespace Callback.Windows;

/// <summary>Windows for each weekday, once for ordinary days, once for holidays and once for make-up workdays.</summary>
public sealed class WeekPlan
{
    private readonly ImmutableArray<WindowSet> sets;

    private WeekPlan(ImmutableArray<WindowSet> sets) => this.sets = sets;

    public WindowSet this[DayOfWeek weekday, DayKind kind = DayKind.Ordinary] => sets[((int)kind * 7) + (int)weekday];

    public static WeekPlan Of(Func<DayOfWeek, DayKind, WindowSet> windows) =>
        new([.. from kind in Enum.GetValues<DayKind>() from weekday in Enum.GetValues<DayOfWeek>() select windows(weekday, kind)]);

    /// <summary>The same windows on every day, holiday or not.</summary>
    public static WeekPlan Daily(WindowSet windows) => Of((_, _) => windows);

    public WeekPlan Intersect(WeekPlan other) => Of((weekday, kind) => this[weekday, kind].Intersect(other[weekday, kind]));
}
