namespace Callback.Windows;

/// <summary>Reads <c>config/holidays/{calendar}-{year}.yaml</c>.</summary>
internal static class HolidayReader
{
    private const int Longest = 30;

    public static IReadOnlyDictionary<string, HolidayCalendar> Read(string configFolder, ICollection<ConfigFinding> findings)
    {
        var years = StrictYaml.OpenFolder(configFolder, "holidays", findings).Select(Year).OfType<CalendarYear>().ToList();
        return years.GroupBy(year => year.Calendar)
            .ToDictionary(group => group.Key, group => new HolidayCalendar(group.Key, group.Select(year => year.Year), group.SelectMany(year => year.Days)));
    }

    private static CalendarYear? Year(YamlMap map)
    {
        map.Only("calendar", "year", "sources", "reviewed_on", "holidays", "workdays");
        _ = PolicyParts.Sources(map);
        _ = map.Date("reviewed_on", required: true);
        if (map.Text("calendar", required: true) is not { } calendar || map.Whole("year", 2000, 2100, required: true) is not { } year)
            return null;
        if (map.File.Name != $"holidays/{calendar.Value}-{year}.yaml")
            map.File.Error(calendar.Line, $"the calendar '{calendar.Value}' of {year} belongs into {calendar.Value}-{year}.yaml");
        var days = new Dictionary<DateOnly, CalendarDay>();
        foreach (var holiday in map.Maps("holidays", required: true))
            foreach (var day in Days(holiday, DayKind.Holiday))
                Add(days, day, year, holiday);
        foreach (var workday in map.Maps("workdays"))
            foreach (var day in Days(workday, DayKind.MakeUpWorkday))
                Add(days, day, year, workday);
        return new(calendar.Value, year, [.. days.Values]);
    }

    private static IEnumerable<CalendarDay> Days(YamlMap map, DayKind kind)
    {
        map.Only("name", "day", "from", "to");
        var name = PolicyParts.Bilingual(map, "name");
        var first = map.Date(map.Has("day") ? "day" : "from", required: true);
        var last = map.Has("day") ? first : map.Date("to", required: true);
        if (name is null || first is not { } from || last is not { } to)
            yield break;
        if (to < from || to.DayNumber - from.DayNumber > Longest)
            map.File.Error(map.Line, $"from {from:yyyy-MM-dd} to {to:yyyy-MM-dd} is not a span of 1 to {Longest} days");
        else
            for (var day = from; day <= to; day = day.AddDays(1))
                yield return new(day, kind, name.En, name.Zh);
    }

    private static void Add(Dictionary<DateOnly, CalendarDay> days, CalendarDay day, int year, YamlMap map)
    {
        if (day.On.Year != year)
            map.File.Error(map.Line, $"{day.On:yyyy-MM-dd} is not in {year}");
        else if (!days.TryAdd(day.On, day))
            map.File.Error(map.Line, $"{day.On:yyyy-MM-dd} is named twice");
    }

    private sealed record CalendarYear(string Calendar, int Year, IReadOnlyList<CalendarDay> Days);
}
