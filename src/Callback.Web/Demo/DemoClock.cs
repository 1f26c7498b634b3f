using System.Globalization;
using Callback.Windows;

namespace Callback.Web.Demo;

/// <summary>A demonstration plays at 11:05 of the next workday in the demo shop's zone, so that a newcomer sees a full desk at any hour.</summary>
internal static class DemoClock
{
    private static readonly TimeSpan Start = new(11, 5, 0);

    /// <returns>The clock's setting: the same for all starts on one day, so that a second start finds time running on.</returns>
    public static string Setting(PolicyBook policies, string preset, string zone, DateTimeOffset now)
    {
        var place = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var policy = policies.Effective(preset);
        var today = LocalTimePolicy.ToLocal(now, place).Date;
        var day = Enumerable.Range(1, (int)WindowPolicy.Horizon.TotalDays)
            .Select(days => today.AddDays(days))
            .First(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
                && WindowPolicy.At(policy, ZoneKey.Of(zone), LocalTimePolicy.ToInstant(day + Start, place)) is WindowState.Open);
        return LocalTimePolicy.ToInstant(day + Start, place).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
    }
}
