
namespace Callback.Planning;

/// <summary>An order that may be called: by which right, from when, and up to when.</summary>
/// <param name="At">Now, or the next opening of the window.</param>
/// <param name="ClosesAt">The last moment of that window at which the call may start.</param>
public sealed record OrderPlan(CallFacts Facts, CallKind Kind, int GrantNo, DateTimeOffset At, DateTimeOffset ClosesAt);

/// <summary>
/// Plans ahead: an order is judged at the moment it could be called – now when the window is open, else when it opens next, within 24 hours –
/// so that the queue is full when the window opens.
/// </summary>
public static class LookAheadPolicy
{
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(24);

    /// <summary>A number in a call is looked at again after this long: nothing tells when a call ends.</summary>
    public static readonly TimeSpan LiveCallPause = TimeSpan.FromMinutes(5);

    /// <summary>The moment at which the order would be called if it were planned now; now itself where no window comes up within a day.</summary>
    public static DateTimeOffset At(CallFacts facts, DateTimeOffset now)
    {
        if (facts.Zone is not { } zone)
            return now;
        var promised = facts.SpentAt is not null && facts.Grants.Any(grant => grant.Kind == CallKind.Promised && grant.NotBefore <= now && now < grant.ExpiresAt);
        return facts.Campaign.Windows.NextOpening(zone, now, promised) is { } at && at <= now + Ahead ? at : now;
    }

    /// <summary>The order's plan, or why there is none.</summary>
    public static (OrderPlan? Plan, Eligibility.Blocked? Blocked) Judge(CallFacts facts, DateTimeOffset now)
    {
        var at = At(facts, now);
        return EligibilityPolicy.Decide(facts, at) switch
        {
            Eligibility.Eligible may => (new(facts, may.Kind, may.GrantNo, at, may.ClosesAt), null),
            var no => (null, (Eligibility.Blocked)no),
        };
    }

    /// <summary>When a blocked order is to be looked at again; null: never, nothing can make it callable by its first right.</summary>
    public static DateTimeOffset? NextLook(CallFacts facts, Eligibility.Blocked blocked, DateTimeOffset now)
    {
        if (Leaves(blocked.Reason) || facts.AgeFrom is not { } from)
            return null;
        var tooOldAt = from + facts.Campaign.Campaign.Settings.MaxAge;
        var next = blocked.Until ?? (blocked.Reason == BlockReason.LiveCall ? now + LiveCallPause : tooOldAt);
        return next < tooOldAt ? next : tooOldAt > now ? tooOldAt : null;
    }

    /// <summary>Reasons that neither time nor a correction of the data undoes, so that the order is no candidate any more.</summary>
    private static bool Leaves(BlockReason reason) => reason
        is BlockReason.OrderPaid or BlockReason.OrderClosed or BlockReason.OrderRefunded or BlockReason.OrderNotReady or BlockReason.OrderMovedOn or BlockReason.NoCase
        or BlockReason.RightSpent or BlockReason.GrantNotDue or BlockReason.GrantNotApproved or BlockReason.GrantExpired
        or BlockReason.TooOld or BlockReason.CampaignOver;
}
