using System.Collections.Concurrent;

namespace Callback.Windows;

/// <summary>Whether two zones show the same time: America/Detroit and America/New_York do today, though their past differs.</summary>
internal static class ZoneClocks
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ConcurrentDictionary<string, TimeSpan[]> Samples = new(StringComparer.Ordinal);

    public static bool Agree(ZoneKey a, ZoneKey b) => a.Ids.Any(one => b.Ids.Any(other => one == other || Sample(one).SequenceEqual(Sample(other))));

    // Each day of two years: enough to tell apart zones that change on different Sundays.
    private static TimeSpan[] Sample(string id) => Samples.GetOrAdd(id, known =>
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(known);
        return [.. Enumerable.Range(0, 730).Select(day => zone.GetUtcOffset(Start.AddDays(day)))];
    });
}
