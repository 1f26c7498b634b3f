namespace Callback.Windows;

/// <summary>Which free days lie ahead, for a wish at the end of a talk. Forbids and permits nothing.</summary>
public static class FreeDaysPolicy
{
    private const int DaysAhead = 2;

    private static readonly (string En, string Zh) NewYear = ("New Year", "元旦");

    /// <summary>
    /// The holiday of today, else the first that begins within two days. New Year is known also where the calendar has no file for the coming year, or there is none.
    /// </summary>
    public static (string En, string Zh)? HolidayNear(HolidayCalendar? calendar, DateTime local)
    {
        var today = DateOnly.FromDateTime(local);
        foreach (var day in Enumerable.Range(0, DaysAhead + 1).Select(today.AddDays))
        {
            if (calendar?.Find(day) is { Kind: DayKind.Holiday } holiday)
                return (Plain(holiday.En), Plain(holiday.Zh));
            if (day is { Month: 1, Day: 1 })
                return NewYear;
        }
        return null;
    }

    /// <summary>Friday afternoon to Sunday, unless the free day ahead is worked in exchange for a holiday.</summary>
    public static bool WeekendNear(HolidayCalendar? calendar, DateTime local)
    {
        var today = DateOnly.FromDateTime(local);
        return local.DayOfWeek switch
        {
            DayOfWeek.Friday when local.Hour >= 12 => Free(today.AddDays(1)),
            DayOfWeek.Saturday => Free(today) || Free(today.AddDays(1)),
            DayOfWeek.Sunday => Free(today),
            _ => false,
        };

        bool Free(DateOnly day) => calendar?.KindOf(day) != DayKind.MakeUpWorkday;
    }

    /// <summary>Without what a calendar adds in brackets: (observed), （补休）.</summary>
    private static string Plain(string name) => name.Split('(', '（')[0].Trim();
}
