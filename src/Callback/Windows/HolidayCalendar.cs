using System.Collections.Frozen;

namespace Callback.Windows;

/// <summary>What kind of day a date is to a calendar.</summary>
public enum DayKind
{
    Ordinary,
    Holiday,

    /// <summary>A weekend day that is worked in exchange for a holiday (China): its hours are Monday's.</summary>
    MakeUpWorkday,
}

/// <summary>A day that a calendar names.</summary>
/// <param name="En">Its name in English.</param>
/// <param name="Zh">Its name in Chinese.</param>
public sealed record CalendarDay(DateOnly On, DayKind Kind, string En, string Zh);

/// <summary>Public holidays and make-up workdays by year, from <c>config/holidays/{name}-{year}.yaml</c>. A year without a file is not known.</summary>
public sealed class HolidayCalendar
{
    private readonly FrozenDictionary<DateOnly, CalendarDay> days;

    public HolidayCalendar(string name, IEnumerable<int> years, IEnumerable<CalendarDay> days)
    {
        Name = name;
        Years = [.. years.Order()];
        this.days = days.ToFrozenDictionary(day => day.On);
    }

    public string Name { get; }

    public IReadOnlyList<int> Years { get; }

    /// <summary>The kind of the day, or null when the calendar has no file for its year.</summary>
    public DayKind? KindOf(DateOnly day) =>
        days.TryGetValue(day, out var named) ? named.Kind : Years.Contains(day.Year) ? DayKind.Ordinary : null;

    /// <summary>The day as the calendar names it; null: an ordinary one, or one of a year without a file.</summary>
    public CalendarDay? Find(DateOnly day) => days.GetValueOrDefault(day);

    public IEnumerable<CalendarDay> DaysOf(int year) => days.Values.Where(day => day.On.Year == year).OrderBy(day => day.On);
}
