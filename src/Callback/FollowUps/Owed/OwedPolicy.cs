using Callback.CallScripts;
using Callback.Compensation;

namespace Callback.FollowUps.Owed;

/// <summary>What the shop owes on a card, as far as the talk has come.</summary>
public static class OwedPolicy
{
    /// <param name="facts">Orders, promises and limits.</param>
    /// <param name="claims">What the agent has entered.</param>
    /// <param name="reasons">Reason codes of the talk.</param>
    /// <param name="outcome">Code of the outcome; null: none yet.</param>
    /// <returns>Every promise of the first order; of the others those that are claimed, and what their dates say by themselves.</returns>
    public static IReadOnlyList<Entitlement> Of(OwedFacts facts, IReadOnlyList<DraftClaim> claims, IReadOnlyCollection<string> reasons, string? outcome) =>
    [
        .. from order in facts.Orders
           let first = ReferenceEquals(order, facts.Orders[0])
           from promise in facts.Promises
           let claim = claims.FirstOrDefault(claim => claim.Promise == promise.Terms.Kind.ToString() && claim.OrderNo == order.OrderNo)
           where first || claim is not null || promise.Terms is ShippingTerms
           let raised = first && (promise.Terms.Reasons.Any(reasons.Contains) || (outcome is not null && promise.Terms.Outcomes.Contains(outcome)))
           select EntitlementPolicy.Of(promise.Terms, promise.On, Case(facts, order, promise.Terms.Kind, claim, raised)),
    ];

    private static ClaimCase Case(OwedFacts facts, OrderMoney order, PromiseKind promise, DraftClaim? claim, bool raised) => new()
    {
        OrderNo = order.OrderNo,
        Currency = order.Currency,
        Zone = facts.Zone,
        Now = facts.Now,
        Paid = order.Paid,
        Refunded = order.Refunded,
        PaidAt = order.PaidAt,
        ShippedAt = order.ShippedAt,
        Delivered = order.Status == OrderStatus.Delivered || order.DeliveredAt is not null,
        DeliveredAt = order.DeliveredAt,
        ClosedAt = order.ClosedAt ?? (order.Status == OrderStatus.Delivered ? order.DeliveredAt : null),
        ReceiptConfirmed = Confirmed(order, claim),
        Claimed = raised || claim is { Claimed: true } or { Granted: true },
        Proven = claim is { Proven: true },
        Freight = claim?.Freight,
        Agreed = claim?.Agreed,
        EarlierReshipments = order.Reshipments,
        GivenBefore = order.GivenBefore.Contains(promise),
    };

    /// <summary>Platforms call an order delivered by the courier's word or by the customer's: only the shop's back office tells which.</summary>
    private static bool? Confirmed(OrderMoney order, DraftClaim? claim) => order.Status switch
    {
        OrderStatus.Closed => true,
        OrderStatus.Delivered => claim is { ReceiptOpen: true } ? false : null,
        _ => false,
    };
}
