using Callback.Windows;

namespace Callback.Compensation;

/// <summary>Counts promised days on a calendar: the day something happened is not counted, and the last day counts to its end.</summary>
public static class DayCountPolicy
{
    /// <returns>The first moment that is too late: midnight after the last day, on the clock of the zone.</returns>
    public static DateTimeOffset EndOf(DateTimeOffset from, int days, string zone)
    {
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);
        return LocalTimePolicy.ToInstant(first.AddDays(days + 1).ToDateTime(TimeOnly.MinValue), zone);
    }

    /// <summary>The moment at which so many hours of Mondays to Fridays have passed, on the clock of the zone; Saturdays and Sundays take none.</summary>
    public static DateTimeOffset AddWorkdayHours(DateTimeOffset from, TimeSpan hours, string zone)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var (at, left) = (from, hours);
        while (true)
        {
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, clock).DateTime);
            var midnight = LocalTimePolicy.ToInstant(day.AddDays(1).ToDateTime(TimeOnly.MinValue), zone);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                if (left <= midnight - at)
                    return at + left;
                left -= midnight - at;
            }
            at = midnight;
        }
    }
}
