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
}
