using NodaTime;

namespace Callback.Tests.Windows;

/// <summary>Zones with every kind of clock: none changed, half and quarter hours, changes at midnight, of 30 minutes, of two hours, in Ramadan.</summary>
internal static class Zones
{
    public static readonly string[] All =
    [
        "Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe",
        "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "America/Adak", "Pacific/Honolulu",
        "America/St_Johns", "America/Halifax", "America/Havana", "America/Santiago", "America/Sao_Paulo", "America/Nuuk", "America/Mexico_City",
        "Europe/Paris", "Europe/Berlin", "Europe/Lisbon", "Europe/Kyiv", "Europe/Moscow", "Atlantic/Azores", "Africa/Casablanca", "Africa/Cairo",
        "Asia/Beirut", "Asia/Jerusalem", "Asia/Tehran", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Yangon", "Asia/Tokyo", "Asia/Urumqi",
        "Australia/Adelaide", "Australia/Sydney", "Australia/Eucla", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Marquesas", "Pacific/Kiritimati",
        "Pacific/Apia", "Antarctica/Troll",
    ];

    // Years that are over: NodaTime's zone data and the system's may be of different ages, and only the past cannot differ.
    public static readonly DateTimeOffset First = new(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public const int Years = 3;

    private static readonly Dictionary<string, DateTimeOffset[]> Found = All.ToDictionary(zone => zone, Find);

    /// <summary>The moments from 2023 to 2025 at which the zone's clocks change; for a zone that has none, one moment to try around anyway.</summary>
    public static IEnumerable<DateTimeOffset> Changes(string zone) => Found[zone];

    private static DateTimeOffset[] Find(string zone)
    {
        var changes = DateTimeZoneProviders.Tzdb[zone].GetZoneIntervals(Instant.FromDateTimeOffset(First), Instant.FromDateTimeOffset(First.AddYears(Years)))
            .Skip(1).Select(interval => interval.Start.ToDateTimeOffset()).ToArray();
        return changes.Length == 0 ? [First.AddDays(100)] : changes;
    }
}
