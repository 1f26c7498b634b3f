using System.Security.Cryptography;
using Callback.Campaigns;
using Callback.Windows;

namespace Callback.Planning;

/// <summary>
/// May this order be called for this campaign at this moment, and if not, why and until when. The one place that answers: when a call is planned, handed
/// out, dialed and explained. The reasons are asked in a fixed order, the lasting ones first; the first that holds is the answer.
/// </summary>
/// <remarks>
/// A call by a grant (promised, repair, technical, released) is not asked for the order's age, its amount, the share that is not called and the campaign's
/// cap of the day: those choose whom to call first. A promised or repair call is not asked for the caps per person either, because the customer chose or
/// was told it; and a promised one only for the legal hours, not for the campaign's windows.
/// </remarks>
public static class EligibilityPolicy
{
    public static readonly TimeSpan FileDataAge = TimeSpan.FromHours(12);

    public static readonly TimeSpan ApiDataAge = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <param name="facts">What is known.</param>
    /// <param name="now">The moment the call would start: the gate's clock, or the planner's next opening.</param>
    public static Eligibility Decide(CallFacts facts, DateTimeOffset now)
    {
        var (right, spent) = Right(facts, now);
        return OfCampaign(facts.Campaign, now)
            ?? OfStatus(facts)
            ?? OfSuppression(facts.Suppression, now)
            ?? spent
            ?? OfRefund(facts)
            ?? (right!.First ? OfChoice(facts, now) : null)
            ?? OfNumber(facts, now)
            ?? OfConsentAndData(facts)
            ?? OfCaps(facts, right, now)
            ?? OfWindow(facts, right, now);
    }

    /// <summary>The oldest the shop's data about the order may be when it is called.</summary>
    public static TimeSpan DataAge(CallFacts facts) =>
        facts.Campaign.Campaign.Settings.MaxDataAge ?? (facts.FromApi ? ApiDataAge : FileDataAge);

    /// <summary>Why no call about the order can come any more, whatever was granted: it is past the purpose, or the customer wants no calls. Null: it still can.</summary>
    public static BlockReason? ForGood(CallFacts facts) => OfStatus(facts) switch
    {
        { Reason: not BlockReason.OrderNotReady } past => past.Reason,
        _ => facts.Suppression is { DoNotCall: true } ? BlockReason.DoNotCall : null,
    };

    /// <summary>Whether the customer is in the share that is never called: fixed for person and campaign, so no re-planning changes it.</summary>
    public static bool HeldOut(CallFacts facts)
    {
        var percent = facts.Campaign.Campaign.Settings.HoldoutPercent;
        if (percent == 0 || (facts.BuyerKey ?? facts.PhoneKey) is not { } person)
            return false;
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData([.. facts.Campaign.Campaign.CampaignId.ToByteArray(), .. person], hash);
        return BitConverter.ToUInt32(hash) % 100 < percent;
    }

    private static Eligibility.Blocked? OfCampaign(CampaignFacts facts, DateTimeOffset now) => facts switch
    {
        { Campaign.Status: not CampaignStatus.Running } => Because(BlockReason.CampaignNotRunning),
        { StartsAt: { } starts } when now < starts => Because(BlockReason.CampaignNotStarted, starts),
        { EndsAt: { } ends } when now >= ends => Because(BlockReason.CampaignOver),
        _ => null,
    };

    private static Eligibility.Blocked? OfStatus(CallFacts facts) => PurposePolicy.Fits(facts.Campaign.Campaign.Purpose, facts.Status) switch
    {
        PurposeFit.Fits => null,
        PurposeFit.TooEarly => Because(BlockReason.OrderNotReady),
        _ => Because(facts.Status switch
        {
            OrderStatus.Closed => BlockReason.OrderClosed,
            OrderStatus.Refunded => BlockReason.OrderRefunded,
            _ => facts.Campaign.Campaign.Purpose == Purpose.PaymentReminder ? BlockReason.OrderPaid : BlockReason.OrderMovedOn,
        }),
    };

    private static Eligibility.Blocked? OfSuppression(SuppressionFact? suppression, DateTimeOffset now) => suppression switch
    {
        null => null,
        { DoNotCall: true } => Because(BlockReason.DoNotCall),
        { ExpiresAt: { } expires } when expires <= now => null,
        _ => Because(BlockReason.Suppressed, suppression.ExpiresAt),
    };

    /// <summary>The right that a call now would spend, or why there is none.</summary>
    private static (UsableRight? Right, Eligibility.Blocked? Spent) Right(CallFacts facts, DateTimeOffset now)
    {
        if (facts.SpentAt is null)
            return (new(CallKind.First, 0, null), null);
        var open = facts.Grants.Where(grant => now < grant.ExpiresAt).ToList();
        if (open.FirstOrDefault(grant => grant.Approved && grant.NotBefore <= now) is { } due)
            return (new(due.Kind, due.GrantNo, due.ExpiresAt), null);
        if (open.Where(grant => grant.Approved).MinBy(grant => grant.NotBefore) is { } later)
            return (null, Because(BlockReason.GrantNotDue, later.NotBefore));
        return (null, Because(open.Count > 0 ? BlockReason.GrantNotApproved : facts.Grants.Count > 0 ? BlockReason.GrantExpired : BlockReason.RightSpent));
    }

    private static Eligibility.Blocked? OfRefund(CallFacts facts) =>
        PurposePolicy.WaitsForRefund(facts.Campaign.Campaign.Purpose) && PurposePolicy.RefundOpen(facts.RefundRequestedAt, facts.ComplaintClosedAt) ? Because(BlockReason.RefundOpen) : null;

    private static Eligibility.Blocked? OfChoice(CallFacts facts, DateTimeOffset now)
    {
        var settings = facts.Campaign.Campaign.Settings;
        return facts switch
        {
            { AgeFrom: null } => Because(PurposePolicy.NeedsReport(facts.Campaign.Campaign.Purpose) ? BlockReason.NoCase : BlockReason.OrderNotReady),
            { AgeFrom: { } from } when now >= from + settings.MaxAge => Because(BlockReason.TooOld),
            { AgeFrom: { } from } when now < from + settings.MinAge => Because(BlockReason.TooYoung, from + settings.MinAge),
            _ when facts.Amount.Amount < settings.MinAmount => Because(BlockReason.AmountTooLow),
            _ when facts.Amount.Amount > settings.MaxAmount => Because(BlockReason.AmountTooHigh),
            _ when HeldOut(facts) => Because(BlockReason.HeldOut),
            _ => null,
        };
    }

    private static Eligibility.Blocked? OfNumber(CallFacts facts, DateTimeOffset now) => facts switch
    {
        { PhoneKind: "Masked" } => Because(BlockReason.NumberMasked),
        { PhoneKind: "Invalid" } => Because(BlockReason.NumberInvalid),
        { PhoneKey: null } => Because(BlockReason.NumberMissing),
        { PhoneExpiresAt: { } expires } when expires <= now => Because(BlockReason.NumberExpired),
        { Zone: null } => Because(BlockReason.ZoneUnknown),
        _ => null,
    };

    private static Eligibility.Blocked? OfConsentAndData(CallFacts facts) => facts switch
    {
        _ when facts.Campaign.Policy.NeedsConsent(facts.Campaign.Campaign.Purpose) => Because(BlockReason.ConsentMissing),
        _ when facts.ReadAt - facts.AsOf > DataAge(facts) => Because(BlockReason.DataTooOld),
        { LiveCall: true } => Because(BlockReason.LiveCall),
        _ => null,
    };

    private static Eligibility.Blocked? OfCaps(CallFacts facts, UsableRight right, DateTimeOffset now)
    {
        var policy = facts.Campaign.Policy;
        if (right.Kind is CallKind.Promised or CallKind.Repair)
            return null;
        return OverCap(facts, now, policy.CapPerDay, Day, BlockReason.PersonCapDay)
            ?? OverCap(facts, now, policy.CapPerWeek, 7 * Day, BlockReason.PersonCapWeek)
            ?? OverCap(facts, now, policy.CapPer30Days ?? int.MaxValue, 30 * Day, BlockReason.PersonCapMonth)
            ?? OfCoolDown(facts, now)
            ?? (right.First ? OfCampaignCap(facts.Campaign, now) : null);
    }

    /// <summary>Blocked until so many calls have left the span that one more fits.</summary>
    private static Eligibility.Blocked? OverCap(CallFacts facts, DateTimeOffset now, int cap, TimeSpan span, BlockReason reason)
    {
        if (facts.PersonCalls.Count < cap)
            return null;
        var inside = facts.PersonCalls.Where(call => call.At > now - span).ToList();
        return inside.Count < cap ? null : Because(reason, cap == 0 ? null : inside[^cap].At + span);
    }

    private static Eligibility.Blocked? OfCoolDown(CallFacts facts, DateTimeOffset now) =>
        facts.Campaign.Policy.CoolDowns.AfterTalk is { } rest && facts.PersonCalls.LastOrDefault(call => call.Talked) is { } talk && talk.At + rest > now
            ? Because(BlockReason.CoolDown, talk.At + rest)
            : null;

    private static Eligibility.Blocked? OfCampaignCap(CampaignFacts facts, DateTimeOffset now) =>
        facts.Campaign.Settings.DailyCap is { } cap && facts.DayStartsAt <= now && now < facts.DayEndsAt && facts.CallsToday >= cap
            ? Because(BlockReason.CampaignCap, facts.DayEndsAt)
            : null;

    private static Eligibility OfWindow(CallFacts facts, UsableRight right, DateTimeOffset now)
    {
        return facts.Campaign.Windows.At(facts.Zone!.Value, now, promised: right.Kind == CallKind.Promised) switch
        {
            WindowState.Open open => new Eligibility.Eligible(right.Kind, right.GrantNo, right.Ends is { } ends && ends < open.ClosesAt ? ends : open.ClosesAt),
            WindowState.Closed closed => new Eligibility.Blocked(BlockReason.WindowClosed, closed.OpensAt) { Window = closed.Reason },
            _ => throw new InvalidOperationException("A window is open or closed."),
        };
    }

    private static Eligibility.Blocked Because(BlockReason reason, DateTimeOffset? until = null) => new(reason, until);

    private sealed record UsableRight(CallKind Kind, int GrantNo, DateTimeOffset? Ends)
    {
        public bool First => Kind == CallKind.First;
    }
}
