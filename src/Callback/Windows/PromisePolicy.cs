namespace Callback.Windows;

/// <summary>Whether a moment may be promised to a customer, and which moments of a day can be offered.</summary>
public static class PromisePolicy
{
    /// <summary>How far ahead a promise may lie.</summary>
    public static readonly TimeSpan Farthest = TimeSpan.FromDays(14);

    /// <summary>Distance of the moments that are offered.</summary>
    public static readonly TimeSpan SlotLength = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Checks a moment: in the future, at most 14 days ahead, and inside the legal hours (less the guard) in every zone of the called party.
    /// The campaign's windows do not count, because the customer chose.
    /// </summary>
    public static PromiseVerdict Check(EffectivePolicy policy, ZoneKey zone, DateTimeOffset at, DateTimeOffset now)
    {
        if (at <= now)
            return PromiseVerdict.InThePast;
        if (at > now + Farthest)
            return PromiseVerdict.TooFarAhead;
        return WindowPolicy.AtPromised(policy, zone, at) is WindowState.Open ? PromiseVerdict.Allowed : PromiseVerdict.OutsideLegalHours;
    }

    /// <summary>The moments of a local day that may be promised, each quarter of an hour, in the order of time. A skipped time is not offered; a doubled one once.</summary>
    /// <param name="day">The date in the first zone of the key, which is the one shown to the agent.</param>
    public static IReadOnlyList<PromiseSlot> Slots(EffectivePolicy policy, ZoneKey zone, DateOnly day, DateTimeOffset now)
    {
        var shown = zone.Zones[0];
        var slots = new List<PromiseSlot>();
        for (var time = TimeSpan.Zero; time < CallWindow.Midnight; time += SlotLength)
        {
            var local = day.ToDateTime(TimeOnly.MinValue) + time;
            var at = LocalTimePolicy.ToInstant(local, shown);
            if (LocalTimePolicy.ToLocal(at, shown) == local && Check(policy, zone, at, now) == PromiseVerdict.Allowed)
                slots.Add(new(local, shown.Id, at));
        }
        return slots;
    }
}

/// <summary>A moment that may be promised; stored with local time, zone and instant.</summary>
public sealed record PromiseSlot(DateTime Local, string Zone, DateTimeOffset At);

public enum PromiseVerdict
{
    Allowed,
    InThePast,
    TooFarAhead,
    OutsideLegalHours,
}
