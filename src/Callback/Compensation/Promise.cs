namespace Callback.Compensation;

/// <summary>What a shop may have promised its customers.</summary>
public enum PromiseKind
{
    /// <summary>Counterfeit goods: the price back, and so many times the price on top (假一赔三).</summary>
    GenuineOrTriple,

    /// <summary>Faulty goods: the price back and what was agreed, until receipt is confirmed.</summary>
    Quality,

    /// <summary>Sent later than promised: a share of what was paid.</summary>
    ShippingTime,

    /// <summary>Sent back without a reason within the promised days.</summary>
    Return,

    /// <summary>Broken on the way: sent again once, after that return and refund.</summary>
    DamagedInTransit,

    /// <summary>Never arrived: the price back and so many times the price, claimed in time.</summary>
    Arrival,

    CourierApology,

    SurveyThanks,
}

public enum OwedState
{
    NotOwed,

    /// <summary>Something has to be known first; what is missing is named.</summary>
    Undecided,

    Owed,
}

/// <summary>One part of what is owed.</summary>
/// <param name="Code">refund, extra, freight, agreed, late, voucher or again (goods sent again, without an amount).</param>
public sealed record OwedPart(string Code, decimal Amount);

/// <summary>A date that decided. Days are counted on the shop's calendar.</summary>
/// <param name="Code">paid, ship-by, shipped, delivered, return-until, closed, claim-until or today.</param>
public sealed record CountedDate(string Code, DateTimeOffset At);

/// <summary>What one promise comes to for one order.</summary>
/// <param name="Why">A code that the screens put into words.</param>
/// <param name="Parts">Each rounded to the currency's minor unit; what is not known yet is not in it.</param>
/// <param name="Missing">What has to be known to decide: proof, freight, agreed, receipt, paid-at, delivered-at, closed-at, figures.</param>
/// <param name="Task">Kind of the follow-up task that gives it; null: nothing is to be given.</param>
/// <param name="LateBy">By how much the promise was broken, or the claim came too late.</param>
public sealed record Entitlement(
    PromiseKind Promise,
    string OrderNo,
    string Currency,
    OwedState State,
    string Why,
    IReadOnlyList<OwedPart> Parts,
    IReadOnlyList<CountedDate> Dates,
    IReadOnlyList<string> Missing,
    string? Task,
    TimeSpan? LateBy = null)
{
    /// <summary>The sum of the parts, in the order's currency.</summary>
    public decimal Amount => Parts.Sum(part => part.Amount);

    internal static Entitlement None(PromiseKind promise, ClaimCase claim, string why, TimeSpan? lateBy = null, params IReadOnlyList<CountedDate> dates) =>
        new(promise, claim.OrderNo, claim.Currency, OwedState.NotOwed, why, [], dates, [], null, lateBy);

    /// <summary>Owed when nothing is missing.</summary>
    internal static Entitlement Of(
        PromiseTerms terms, ClaimCase claim, string why, IReadOnlyList<OwedPart> parts, IReadOnlyList<string> missing, params IReadOnlyList<CountedDate> dates) =>
        new(terms.Kind, claim.OrderNo, claim.Currency, missing.Count == 0 ? OwedState.Owed : OwedState.Undecided, why, parts, dates, missing, terms.Task);
}
