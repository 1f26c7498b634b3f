namespace Callback.Windows;

/// <summary>Hours seen from one zone: turns local windows into instants, through summer time and over midnight.</summary>
internal static class ZoneHours
{
    // Windows that meet at midnight are followed this far; a policy that never closes is said to close then.
    private static readonly TimeSpan FarEnough = TimeSpan.FromDays(2);

    /// <summary>The last moment at which a call may start in the window that is open at <paramref name="at"/>; null: closed.</summary>
    public static DateTimeOffset? LastStart(Hours hours, TimeZoneInfo zone, DateTimeOffset at)
    {
        if (!IsInside(hours, zone, at))
            return null;
        var closes = Closes(hours, zone, at);
        var last = closes - hours.Guard;
        return at <= last && at < closes ? last : null;
    }

    /// <summary>The first moment after <paramref name="at"/>, when the zone is closed, at which a call may start; null: none up to <paramref name="until"/>.</summary>
    public static DateTimeOffset? NextStart(Hours hours, TimeZoneInfo zone, DateTimeOffset at, DateTimeOffset until)
    {
        // A day back, for clocks that go back over midnight: the evening of the day before comes once more.
        var day = DateOnly.FromDateTime(LocalTimePolicy.ToLocal(at, zone)).AddDays(-1);
        var last = DateOnly.FromDateTime(LocalTimePolicy.ToLocal(until, zone));
        for (; day <= last; day = day.AddDays(1))
        {
            var starts = Starts(hours, zone, day).Where(start => start > at && LastStart(hours, zone, start) is not null).ToList();
            if (starts.Count > 0)
                return starts.Min() is var first && first <= until ? first : null;
        }
        return null;
    }

    public static ClosedReason WhyClosed(Hours hours, TimeZoneInfo zone, DateTimeOffset at)
    {
        var local = LocalTimePolicy.ToLocal(at, zone);
        var day = DateOnly.FromDateTime(local);
        if (hours.On(day) is not { } today)
            return ClosedReason.NoCalendar;
        if (today.Windows.IsClosed && today.Kind == DayKind.Holiday)
            return ClosedReason.Holiday;
        if (!hours.Policy.LegalHours.Contains(local.TimeOfDay) || hours.Policy.QuietHours.Contains(local.TimeOfDay))
            return ClosedReason.QuietHours;
        if (today.Windows.IsClosed)
            return ClosedReason.DayOff;
        return today.Windows.Contains(local.TimeOfDay) ? ClosedReason.Closing : ClosedReason.OutsideWindow;
    }

    private static bool IsInside(Hours hours, TimeZoneInfo zone, DateTimeOffset at)
    {
        var local = LocalTimePolicy.ToLocal(at, zone);
        return hours.On(DateOnly.FromDateTime(local)) is { } today && today.Windows.Contains(local.TimeOfDay);
    }

    /// <summary>The first moment after an inside moment that is outside: the end of the window, or clocks that jump out of it.</summary>
    private static DateTimeOffset Closes(Hours hours, TimeZoneInfo zone, DateTimeOffset inside)
    {
        var at = inside;
        do
        {
            var local = LocalTimePolicy.ToLocal(at, zone);
            var window = hours.On(DateOnly.FromDateTime(local))!.Value.Windows.Find(local.TimeOfDay)!.Value;
            var end = at + (window.To - local.TimeOfDay);
            at = Transition(zone, at, end) ?? end;
        }
        while (at - inside < FarEnough && IsInside(hours, zone, at));
        return at;
    }

    /// <summary>All moments of a local date at which a window may begin: both passes of a doubled time, and the landing place of a jump.</summary>
    private static IEnumerable<DateTimeOffset> Starts(Hours hours, TimeZoneInfo zone, DateOnly day)
    {
        if (hours.On(day) is not { Windows.IsClosed: false } today)
            yield break;
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var first = LocalTimePolicy.ToInstant(midnight, zone);
        var jump = Transition(zone, first.AddHours(-3), first.AddHours(30));
        if (jump is { } landing && DateOnly.FromDateTime(LocalTimePolicy.ToLocal(landing, zone)) == day)
            yield return landing;
        foreach (var window in today.Windows.Windows)
        {
            var local = midnight + window.From;
            var start = LocalTimePolicy.ToInstant(local, zone);
            yield return start;
            if (jump is { } at && start + zone.GetUtcOffset(start) - zone.GetUtcOffset(at) is var again && LocalTimePolicy.ToLocal(again, zone) == local)
                yield return again;
        }
    }

    /// <summary>
    /// The moment in (from, to] at which the zone's offset becomes another, or null. Zones do not change twice within 36 hours; a pair that
    /// cancels out would not be seen.
    /// </summary>
    private static DateTimeOffset? Transition(TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        var before = zone.GetUtcOffset(from);
        if (zone.GetUtcOffset(to) == before)
            return null;
        var (low, high) = (from.UtcTicks, to.UtcTicks);
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (zone.GetUtcOffset(new DateTimeOffset(middle, TimeSpan.Zero)) == before)
                low = middle;
            else
                high = middle;
        }
        return new DateTimeOffset(high, TimeSpan.Zero);
    }
}
