namespace Callback.Orders;

/// <summary>An order as an export or the API tells it, parsed and checked, before it meets what is kept.</summary>
public sealed record IncomingOrder(
    OrderNo OrderNo,
    OrderStatus Status,
    Money Amount,
    DateTimeOffset OrderedAt,
    ParsedPhone Phone,
    IReadOnlyList<OrderItem> Items)
{
    public string? BuyerId { get; init; }
    public string? BuyerName { get; init; }
    public DateTimeOffset? PhoneExpiresAt { get; init; }

    /// <summary>The buyer's own IANA zone, where the source knows it.</summary>
    public string? Zone { get; init; }

    /// <summary>ISO 3166-1, two letters.</summary>
    public string? Country { get; init; }
    public string? Region { get; init; }
    public string? City { get; init; }
    public string? Postcode { get; init; }
    public string? BuyerNote { get; init; }
    public string? SellerNote { get; init; }
    public string? Courier { get; init; }
    public string? TrackingNo { get; init; }
    public decimal RefundedAmount { get; init; }
    public string? CloseReason { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public DateTimeOffset? ShippedAt { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    public OrderCases Cases { get; init; } = OrderCases.None;
}
