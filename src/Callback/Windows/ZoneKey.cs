using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Callback.Windows;

/// <summary>The zones a called party may be in: sorted IANA ids joined by '|'. A call must be allowed in all of them.</summary>
/// <param name="Value"><c>Asia/Shanghai</c>, or <c>America/Chicago|America/New_York</c>.</param>
public readonly record struct ZoneKey(string Value)
{
    private static readonly ConcurrentDictionary<string, ImmutableArray<TimeZoneInfo>> Known = new(StringComparer.Ordinal);

    /// <summary>The zones, looked up once per process.</summary>
    /// <exception cref="TimeZoneNotFoundException">An id that the system's time zone database does not know.</exception>
    public ImmutableArray<TimeZoneInfo> Zones => Known.GetOrAdd(Value, value => [.. value.Split('|').Select(TimeZoneInfo.FindSystemTimeZoneById)]);

    public IReadOnlyList<string> Ids => Value.Split('|');

    public static ZoneKey Of(params IEnumerable<string> ids) =>
        new(string.Join('|', ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));

    /// <summary>True for an IANA id such as <c>Europe/London</c>; Windows' own zone names are not accepted.</summary>
    public static bool IsZone(string? id) =>
        id is { Length: > 0 } && (id == "UTC" || id.Contains('/', StringComparison.Ordinal)) && !id.Contains("..", StringComparison.Ordinal)
        && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId;

    public override string ToString() => Value;
}
