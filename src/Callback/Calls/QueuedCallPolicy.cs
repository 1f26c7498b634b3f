using Callback.Planning;
using Callback.Windows;

namespace Callback.Calls;

/// <summary>An order that goes with the call, and the right it would spend.</summary>
internal sealed record GoingOrder(CallFacts Facts, CallKind Kind, int GrantNo);

/// <summary>An order that may not be called (any more).</summary>
/// <param name="NextLook">When the planner looks at it again; null: never by itself.</param>
internal sealed record LeavingOrder(OrderNo OrderNo, BlockReason Reason, DateTimeOffset? Until, DateTimeOffset? NextLook);

/// <summary>What becomes of a queued call when it is looked at again.</summary>
internal abstract record QueuedCallVerdict
{
    /// <param name="Leaving">Orders that are dropped from it.</param>
    /// <param name="ClosesAt">The last moment at which it may start.</param>
    public sealed record Goes(IReadOnlyList<GoingOrder> Going, IReadOnlyList<LeavingOrder> Leaving, DateTimeOffset ClosesAt) : QueuedCallVerdict;

    /// <summary>Not at this moment; it keeps its place.</summary>
    public sealed record Waits(BlockReason Reason, DateTimeOffset? Until) : QueuedCallVerdict;

    /// <summary>It leaves the queue.</summary>
    public sealed record Leaves(BlockReason Reason, DateTimeOffset? Until, IReadOnlyList<LeavingOrder> Leaving) : QueuedCallVerdict;
}

/// <summary>Judges a whole queued call by its orders' fresh facts: as it is handed out, and again at the gate.</summary>
internal static class QueuedCallPolicy
{
    /// <param name="call">The call as it was planned.</param>
    /// <param name="facts">Its orders' facts, read now.</param>
    /// <param name="now">The moment the call would start.</param>
    public static QueuedCallVerdict Judge(QueuedCall call, IReadOnlyList<CallFacts> facts, DateTimeOffset now)
    {
        var going = new List<GoingOrder>();
        var leaving = new List<LeavingOrder>();
        var closesAt = DateTimeOffset.MaxValue;
        foreach (var order in facts)
            switch (EligibilityPolicy.Decide(InAllZones(call, order), now))
            {
                case Eligibility.Eligible may:
                    going.Add(new(order, may.Kind, may.GrantNo));
                    closesAt = may.ClosesAt < closesAt ? may.ClosesAt : closesAt;
                    break;
                case Eligibility.Blocked blocked:
                    leaving.Add(new(order.OrderNo, blocked.Reason, blocked.Until, LookAheadPolicy.NextLook(order, blocked, now)));
                    break;
                default:
                    throw new InvalidOperationException("An order is eligible or blocked.");
            }
        if (going.Any(order => order.Facts.PhoneKey.AsSpan().SequenceEqual(call.PhoneHash)))
            return new QueuedCallVerdict.Goes(going, leaving, closesAt);
        if (leaving.FirstOrDefault(order => KeepsPlace(order.Reason)) is { } waits && going.Count == 0)
            return new QueuedCallVerdict.Waits(waits.Reason, waits.Until);
        // The number that was planned is no order's number any more: what is left is planned afresh.
        leaving.AddRange(going.Select(order => new LeavingOrder(order.Facts.OrderNo, BlockReason.NumberMissing, now, now)));
        return leaving.Count == 0
            ? new QueuedCallVerdict.Leaves(BlockReason.OrderClosed, null, [])
            : new QueuedCallVerdict.Leaves(leaving[0].Reason, leaving[0].Until, leaving);
    }

    /// <summary>Reasons that pass by themselves and soon, and concern the call, not what it is about.</summary>
    private static bool KeepsPlace(BlockReason reason) => reason is BlockReason.WindowClosed or BlockReason.LiveCall or BlockReason.CampaignCap;

    private static CallFacts InAllZones(QueuedCall call, CallFacts order) =>
        order.Zone is { } zone ? order with { Zone = ZoneKey.Of(zone.Ids.Concat(new ZoneKey(call.ZoneKey).Ids)) } : order;
}
