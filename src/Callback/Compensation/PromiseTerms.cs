using System.Collections.Frozen;

namespace Callback.Compensation;

/// <summary>A promise as config/promises.yaml words it.</summary>
/// <param name="On">Whether a shop makes it that has not chosen otherwise.</param>
/// <param name="Task">Kind of the follow-up task that keeps it.</param>
/// <param name="Reasons">Reason codes of the talk that raise it.</param>
/// <param name="Outcomes">Outcomes that raise it.</param>
public abstract record PromiseTerms(PromiseKind Kind, Label Label, bool On, string Task, IReadOnlyList<string> Reasons, IReadOnlyList<string> Outcomes);

/// <summary>The price back, <paramref name="Times"/> the price on top, and the freight.</summary>
/// <param name="Days">Days after the order's closing in which it may be claimed; null: at any time.</param>
public sealed record MultipleTerms(
    PromiseKind Kind, Label Label, bool On, string Task, IReadOnlyList<string> Reasons, IReadOnlyList<string> Outcomes, int Times, bool Freight, int? Days)
    : PromiseTerms(Kind, Label, On, Task, Reasons, Outcomes);

/// <summary>The price back and what was agreed.</summary>
public sealed record QualityTerms(PromiseKind Kind, Label Label, bool On, string Task, IReadOnlyList<string> Reasons, IReadOnlyList<string> Outcomes)
    : PromiseTerms(Kind, Label, On, Task, Reasons, Outcomes);

/// <summary>A share of what was paid, between a least and a most.</summary>
/// <param name="Percent">0–100.</param>
/// <param name="Within">Time to ship, from the payment.</param>
/// <param name="Count">Which hours of <paramref name="Within"/> count.</param>
public sealed record ShippingTerms(
    PromiseKind Kind, Label Label, bool On, string Task, IReadOnlyList<string> Reasons, IReadOnlyList<string> Outcomes,
    decimal Percent, AmountTable Least, AmountTable Most, TimeSpan Within, HoursCounted Count = HoursCounted.All)
    : PromiseTerms(Kind, Label, On, Task, Reasons, Outcomes);

/// <param name="Days">Whole days after the day of delivery.</param>
/// <param name="Freight">The shop pays the way back.</param>
public sealed record ReturnTerms(
    PromiseKind Kind, Label Label, bool On, string Task, IReadOnlyList<string> Reasons, IReadOnlyList<string> Outcomes, int Days, bool Freight)
    : PromiseTerms(Kind, Label, On, Task, Reasons, Outcomes);

/// <param name="TaskAgain">What follows when it breaks once more: return and refund.</param>
/// <param name="Freight">The shop pays the freight of the case.</param>
public sealed record DamageTerms(
    PromiseKind Kind, Label Label, bool On, string Task, IReadOnlyList<string> Reasons, IReadOnlyList<string> Outcomes, string TaskAgain, bool Freight)
    : PromiseTerms(Kind, Label, On, Task, Reasons, Outcomes);

/// <summary>A voucher of a fixed amount, once an order.</summary>
public sealed record VoucherTerms(
    PromiseKind Kind, Label Label, bool On, string Task, IReadOnlyList<string> Reasons, IReadOnlyList<string> Outcomes, AmountTable Amount)
    : PromiseTerms(Kind, Label, On, Task, Reasons, Outcomes);

/// <summary>An amount by currency; where a currency is not in it, there is no such figure.</summary>
public sealed record AmountTable(FrozenDictionary<string, decimal> ByCurrency)
{
    public decimal? Of(string currency) => ByCurrency.TryGetValue(currency, out var amount) ? amount : null;

    public static AmountTable Only(string currency, decimal amount) => new(new Dictionary<string, decimal> { [currency] = amount }.ToFrozenDictionary());
}

/// <summary>Which hours a promised time is made of.</summary>
public enum HoursCounted
{
    /// <summary>Every hour, also of the weekend.</summary>
    All,

    /// <summary>Those of Monday to Friday on the shop's clock.</summary>
    Workdays,
}
