using Callback.Compensation;

namespace Callback.FollowUps.Owed;

/// <summary>What has to be known to say what a shop owes on a card; only the talk itself is missing.</summary>
/// <param name="Promises">The shop's, in the order of the screens.</param>
/// <param name="Costs">Kinds of tasks that give money without a promise, too.</param>
/// <param name="Orders">Of the card; the first is the one the talk is about.</param>
/// <param name="Limit">What the actor may give on them alone, in the first order's currency.</param>
/// <param name="GivenAlone">What was given on them in other calls without a manager.</param>
/// <param name="Zone">The shop's.</param>
public sealed record OwedFacts(
    IReadOnlyList<ShopPromise> Promises, IReadOnlyList<string> Costs, IReadOnlyList<OrderMoney> Orders, decimal Limit, decimal GivenAlone, string Zone, DateTimeOffset Now);

/// <summary>An order as far as money and dates go.</summary>
/// <param name="GivenBefore">Promises that were kept for it in other calls.</param>
/// <param name="Reshipments">How often goods of it were sent again.</param>
public sealed record OrderMoney(
    string OrderNo, OrderStatus Status, decimal Amount, decimal Refunded, string Currency, DateTimeOffset? PaidAt, DateTimeOffset? ShippedAt,
    DateTimeOffset? DeliveredAt, DateTimeOffset? ClosedAt, IReadOnlyList<PromiseKind> GivenBefore, int Reshipments)
{
    /// <summary>The amount actually paid: none as long as the platform says nothing of a payment.</summary>
    public decimal Paid => PaidAt is not null || Status is not (OrderStatus.Unpaid or OrderStatus.Closed) ? Amount : 0;

    public decimal Refundable => Math.Max(0, Paid - Refunded);
}
