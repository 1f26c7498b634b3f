using Callback.Campaigns;
using Callback.Windows;

namespace Callback.Planning;

/// <summary>Everything that decides whether one order may be called for one campaign. Read by <c>FactsReader</c>, judged by <see cref="EligibilityPolicy"/>.</summary>
public sealed record CallFacts
{
    public required CampaignFacts Campaign { get; init; }

    public required OrderNo OrderNo { get; init; }

    public required OrderStatus Status { get; init; }

    public required Money Amount { get; init; }

    /// <summary>The moment that makes the order a case for the purpose (ordered, delivered, refund requested …), from which its age counts; null: it has not come.</summary>
    public required DateTimeOffset? AgeFrom { get; init; }

    /// <summary>The customer asked for a refund, or complained; null: never, or it was taken back.</summary>
    public DateTimeOffset? RefundRequestedAt { get; init; }

    /// <summary>The complaint was closed.</summary>
    public DateTimeOffset? ComplaintClosedAt { get; init; }

    /// <summary>Mobile, Landline, Foreign, Privacy; or Masked, Missing, Invalid, where there is no number to dial.</summary>
    public required string PhoneKind { get; init; }

    public DateTimeOffset? PhoneExpiresAt { get; init; }

    /// <summary>Person key of the number; null where there is none to dial.</summary>
    public byte[]? PhoneKey { get; init; }

    /// <summary>Person key of the platform's buyer.</summary>
    public byte[]? BuyerKey { get; init; }

    /// <summary>The called party's zones; null: unknown.</summary>
    public ZoneKey? Zone { get; init; }

    /// <summary>The moment whose truth the shop's data tell.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>When the facts were read: data age counts to here, also when the policy is asked about a later moment.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>True where the order came by the API, which sets the default of the data's age.</summary>
    public bool FromApi { get; init; }

    /// <summary>The suppression that weighs most: do-not-call before others, then the one that lasts longest.</summary>
    public SuppressionFact? Suppression { get; init; }

    /// <summary>When the order's first right was spent; null: it was not.</summary>
    public DateTimeOffset? SpentAt { get; init; }

    /// <summary>Grants of this order and purpose that were not used, newest first.</summary>
    public IReadOnlyList<GrantFact> Grants { get; init; } = [];

    /// <summary>Calls to the person (by any of their keys, for any purpose) in the last 30 days, oldest first; certainly unplaced ones do not count.</summary>
    public IReadOnlyList<PersonCall> PersonCalls { get; init; } = [];

    /// <summary>The number is in a call, or in one whose fate is not known.</summary>
    public bool LiveCall { get; init; }

    /// <summary>The queued call that covers the order now; no reason to block, only to tell.</summary>
    public Guid? QueuedCallId { get; init; }

    public IEnumerable<byte[]> PersonKeys => new[] { PhoneKey, BuyerKey }.OfType<byte[]>();
}

/// <summary>What all orders of a campaign share in one look.</summary>
/// <param name="Policy">The strictest of system, jurisdiction, shop and campaign.</param>
/// <param name="ShopZone">The shop's own zone, in which its days are counted.</param>
/// <param name="StartsAt">Beginning of the campaign's first day; null: at once.</param>
/// <param name="EndsAt">End of its last day; null: open.</param>
/// <param name="DayStartsAt">Beginning of the shop's present day.</param>
/// <param name="DayEndsAt">End of the shop's present day.</param>
/// <param name="CallsToday">Calls of the campaign in the shop's present day; certainly unplaced ones do not count.</param>
/// <param name="Practice">The shop is one of invented customers.</param>
/// <param name="RequiredCourse">The course an agent has to have passed before calling for the shop; null: none.</param>
public sealed record CampaignFacts(
    Campaign Campaign,
    EffectivePolicy Policy,
    string ShopZone,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt,
    DateTimeOffset DayStartsAt,
    DateTimeOffset DayEndsAt,
    int CallsToday,
    bool Practice = false,
    string? RequiredCourse = null)
{
    public EffectivePolicy Policy
    {
        get;
        init => (field, Windows) = (value, new(value));
    } = Policy;

    /// <summary>The policy's windows.</summary>
    public WindowAnswers Windows { get; private init; } = new(Policy);
}

public sealed record SuppressionFact(Guid SuppressionId, string Scope, bool DoNotCall, string Reason, DateTimeOffset? ExpiresAt, DateTimeOffset Since = default);

/// <param name="Approved">True but for a release that waits for its second person.</param>
public sealed record GrantFact(int GrantNo, CallKind Kind, DateTimeOffset NotBefore, DateTimeOffset ExpiresAt, bool Approved);

public sealed record PersonCall(DateTimeOffset At, bool Talked);
