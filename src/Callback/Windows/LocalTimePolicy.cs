namespace Callback.Windows;

/// <summary>The only way from a local date and time to an instant. (The way back is single-valued and needs no choice.)</summary>
public static class LocalTimePolicy
{
    /// <summary>A time that the clocks skip moves forward by the gap; a time that comes twice means the earlier one.</summary>
    /// <param name="local">Wall clock; its <see cref="DateTime.Kind"/> is not looked at.</param>
    /// <param name="zone">IANA id.</param>
    /// <returns>The instant, in UTC.</returns>
    /// <exception cref="TimeZoneNotFoundException">No such zone.</exception>
    public static DateTimeOffset ToInstant(DateTime local, string zone) => ToInstant(local, TimeZoneInfo.FindSystemTimeZoneById(zone));

    /// <inheritdoc cref="ToInstant(DateTime, string)"/>
    public static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone)
    {
        var offset = OffsetBefore(local, zone);
        return new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), TimeSpan.Zero) - offset;
    }

    public static DateTime ToLocal(DateTimeOffset instant, TimeZoneInfo zone) => instant.UtcDateTime + zone.GetUtcOffset(instant);

    /// <summary>
    /// The offset in force before a gap or a fold that the local time falls into: that is the later offset's gap added to a
    /// skipped time, and the first pass of a doubled one. Found by going there and looking, with instants only.
    /// </summary>
    private static TimeSpan OffsetBefore(DateTime local, TimeZoneInfo zone)
    {
        var asUtc = new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Utc));
        var before = zone.GetUtcOffset(asUtc.AddDays(-1));
        var after = zone.GetUtcOffset(asUtc.AddDays(1));
        if (before == after || zone.GetUtcOffset(asUtc - before) == before)
            return before;
        return zone.GetUtcOffset(asUtc - after) == after ? after : before;
    }
}
