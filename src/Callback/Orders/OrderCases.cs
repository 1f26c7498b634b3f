namespace Callback.Orders;

/// <summary>What was reported about an order beyond its status: each moment makes it a case for a purpose, and the figures may be spoken of in a call.</summary>
/// <param name="DeliveryProblemAt">The parcel is late or stuck since.</param>
/// <param name="DeliveryProblem">The last scan, or what is wrong.</param>
/// <param name="OutOfStockAt">Something of it cannot be shipped since.</param>
/// <param name="OutOfStockItem">What cannot be shipped.</param>
/// <param name="OutOfStockReason">Why: none left, a defect found in the check before shipping.</param>
/// <param name="RefundRequestedAt">The customer asked for a refund, or filed a complaint.</param>
/// <param name="RefundReason">As the customer filed it.</param>
/// <param name="ComplaintClosedAt">The complaint was closed.</param>
/// <param name="ComplaintResult">What was done about it.</param>
/// <param name="StockLeft">Pieces left of what was ordered, at least 0.</param>
/// <param name="OfferEndsOn">The customer's date on which the offer's price ends.</param>
public sealed record OrderCases(
    DateTimeOffset? DeliveryProblemAt = null,
    string? DeliveryProblem = null,
    DateTimeOffset? OutOfStockAt = null,
    string? OutOfStockItem = null,
    string? OutOfStockReason = null,
    DateTimeOffset? RefundRequestedAt = null,
    string? RefundReason = null,
    DateTimeOffset? ComplaintClosedAt = null,
    string? ComplaintResult = null,
    int? StockLeft = null,
    DateOnly? OfferEndsOn = null)
{
    public static OrderCases None { get; } = new();
}
