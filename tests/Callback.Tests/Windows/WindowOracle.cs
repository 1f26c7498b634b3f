using Callback.Windows;
using NodaTime;

namespace Callback.Tests.Windows;

/// <summary>
/// A slow second opinion: looks at every minute by NodaTime's own zone data. Windows and offsets are whole minutes, so a minute is inside or outside
/// as a whole; a call may start at t when every moment of [t, t + guard) is inside in every zone.
/// </summary>
internal sealed class WindowOracle(Func<DateOnly, WindowSet> windows, TimeSpan guard, IReadOnlyList<string> zones)
{
    private readonly DateTimeZone[] known = [.. zones.Select(zone => DateTimeZoneProviders.Tzdb[zone])];

    public bool IsOpen(DateTimeOffset at) => Inside(at) && MinutesOf(at, at + guard).All(Inside);

    /// <summary>The first open moment from <paramref name="from"/> on, or null when there is none up to <paramref name="until"/>.</summary>
    public DateTimeOffset? FirstOpen(DateTimeOffset from, DateTimeOffset until)
    {
        if (IsOpen(from))
            return from;
        for (var minute = Floor(from).AddMinutes(1); minute <= until; minute = minute.AddMinutes(1))
            if (IsOpen(minute))
                return minute;
        return null;
    }

    /// <summary>The last open moment of the stretch that holds the open moment <paramref name="at"/>; null: longer than <paramref name="span"/>.</summary>
    public DateTimeOffset? LastOpen(DateTimeOffset at, TimeSpan span)
    {
        var minute = Floor(at);
        while (Inside(minute))
        {
            minute = minute.AddMinutes(1);
            if (minute - at > span)
                return null;
        }
        return minute - guard;
    }

    private bool Inside(DateTimeOffset at) => known.All(zone =>
    {
        var local = Instant.FromDateTimeOffset(at).InZone(zone).LocalDateTime;
        var timeOfDay = TimeSpan.FromTicks(local.TickOfDay);
        return windows(new DateOnly(local.Year, local.Month, local.Day)).Windows.Any(window => window.From <= timeOfDay && timeOfDay < window.To);
    });

    private static IEnumerable<DateTimeOffset> MinutesOf(DateTimeOffset from, DateTimeOffset until)
    {
        for (var minute = Floor(from).AddMinutes(1); minute < until; minute = minute.AddMinutes(1))
            yield return minute;
    }

    private static DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
