namespace Callback.Orders;

/// <summary>An order as it is kept: what the platform said, as of when. The phone is not in it; only its last four digits are.</summary>
public sealed record Order(
    ShopId ShopId,
    OrderNo OrderNo,
    OrderStatus Status,
    string? BuyerId,
    string? BuyerName,
    PhoneKind PhoneKind,
    string? PhoneLast4,
    string? PhoneRegion,
    DateTimeOffset? PhoneExpiresAt,
    string? Zone,
    string? Country,
    string? Region,
    string? City,
    string? Postcode,
    Money Amount,
    Money RefundedAmount,
    IReadOnlyList<OrderItem> Items,
    string? BuyerNote,
    string? SellerNote,
    string? Courier,
    string? TrackingNo,
    string? CloseReason,
    DateTimeOffset OrderedAt,
    DateTimeOffset? PaidAt,
    DateTimeOffset? ShippedAt,
    DateTimeOffset? DeliveredAt,
    DateTimeOffset? ClosedAt,
    OrderCases Cases,
    DateTimeOffset AsOf,
    OrderSource Source,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>One article of an order.</summary>
/// <param name="Title">As the platform shows it.</param>
/// <param name="Quantity">At least 1.</param>
/// <param name="Price">Of one piece, in the order's currency, where the export tells it.</param>
/// <param name="Sku">The seller's code or the chosen variant, where the export tells it.</param>
public sealed record OrderItem(string Title, int Quantity, decimal? Price = null, string? Sku = null);

/// <summary>Who said last what an order is.</summary>
public enum OrderSource
{
    File,
    Api,
    Desk,
}
