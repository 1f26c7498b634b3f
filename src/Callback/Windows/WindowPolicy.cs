namespace Callback.Windows;

/// <summary>
/// May a call start now, until when, and if not, why and when next. Pure: the same policy, zones and instant always give the same answer.
/// An instant has one local time in a zone, so summer time leaves nothing to choose here.
/// </summary>
/// <remarks>
/// A call may start at t when, in every zone of the key, the local time is inside a window from t up to t + <see cref="EffectivePolicy.StartGuard"/>.
/// So 11:00–12:00 with a guard of 45 s permits starts from 11:00:00 to 11:59:15, both included. Windows that meet at midnight are one.
/// </remarks>
public static class WindowPolicy
{
    /// <summary>How far ahead the next opening is sought.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(60);

    /// <summary>The state of the policy's windows at an instant.</summary>
    public static WindowState At(EffectivePolicy policy, ZoneKey zone, DateTimeOffset at) => At(new Hours.OfPolicy(policy), zone, at);

    /// <summary>
    /// The state for a call that was promised: only the legal hours count (a customer may choose a Sunday or a moment between two windows, not the night).
    /// </summary>
    public static WindowState AtPromised(EffectivePolicy policy, ZoneKey zone, DateTimeOffset at) => At(new Hours.Legal(policy), zone, at);

    /// <summary>The first moment from <paramref name="from"/> on at which a call may start; null: none within <see cref="Horizon"/>.</summary>
    public static DateTimeOffset? NextOpening(EffectivePolicy policy, ZoneKey zone, DateTimeOffset from) =>
        NextOpening(new Hours.OfPolicy(policy), zone, from.ToUniversalTime());

    /// <summary>The same for a promised call, by the legal hours alone.</summary>
    public static DateTimeOffset? NextPromisedOpening(EffectivePolicy policy, ZoneKey zone, DateTimeOffset from) =>
        NextOpening(new Hours.Legal(policy), zone, from.ToUniversalTime());

    private static WindowState At(Hours hours, ZoneKey key, DateTimeOffset at)
    {
        at = at.ToUniversalTime();
        DateTimeOffset? closesAt = null;
        ClosedReason? reason = null;
        foreach (var zone in key.Zones)
            if (ZoneHours.LastStart(hours, zone, at) is not { } last)
                reason = Worse(reason, ZoneHours.WhyClosed(hours, zone, at));
            else if (closesAt is null || last < closesAt)
                closesAt = last;
        return reason is { } why
            ? new WindowState.Closed(why, NextOpening(hours, key, at))
            : new WindowState.Open(closesAt ?? throw new ArgumentException("a zone key names at least one zone", nameof(key)));
    }

    /// <summary>
    /// Each closed zone says when it opens; the latest of them is the earliest moment worth asking about. No common opening is jumped over,
    /// because up to its own answer a zone is closed.
    /// </summary>
    private static DateTimeOffset? NextOpening(Hours hours, ZoneKey key, DateTimeOffset from)
    {
        var until = from + Horizon;
        var at = from;
        while (at <= until)
        {
            var next = at;
            foreach (var zone in key.Zones)
            {
                if (ZoneHours.LastStart(hours, zone, at) is not null)
                    continue;
                if (ZoneHours.NextStart(hours, zone, at, until) is not { } opens)
                    return null;
                next = opens > next ? opens : next;
            }
            if (next == at)
                return at;
            at = next;
        }
        return null;
    }

    // What a calendar or the night forbids says more than "outside the window".
    private static ClosedReason Worse(ClosedReason? a, ClosedReason b) => a is { } known && known > b ? known : b;
}
