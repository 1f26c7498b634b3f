using System.Text.Json;

namespace Callback.Orders;

/// <summary>An order as the API takes it. Moments carry their offset. What is left out is not known; it erases nothing.</summary>
/// <param name="OrderNo">1–64 characters.</param>
/// <param name="Status">Unpaid, Paid, Shipped, Delivered, Refunded or Closed.</param>
/// <param name="Phone">As the platform gives it: with an extension after '-', masked, or nothing.</param>
/// <param name="Currency">ISO 4217; default: the shop's.</param>
/// <param name="Country">ISO 3166-1, two letters; default: the shop's.</param>
/// <param name="Zone">The buyer's IANA zone, if known.</param>
/// <param name="DeliveryProblemAt">Since when the parcel is late or stuck; <paramref name="DeliveryProblem"/> is the last scan. Makes the order a case for calls about it.</param>
/// <param name="OutOfStockAt">Since when <paramref name="OutOfStockItem"/> cannot be shipped, because of <paramref name="OutOfStockReason"/>.</param>
/// <param name="RefundRequestedAt">When the customer asked for a refund or complained, because of <paramref name="RefundReason"/>.</param>
/// <param name="ComplaintClosedAt">When the complaint was closed, with <paramref name="ComplaintResult"/>.</param>
/// <param name="StockLeft">Pieces left, 0–1,000,000. Of stock and offer the newest telling counts, also where it is silent.</param>
/// <param name="OfferEndsOn">The last day of the offer's price.</param>
public sealed record OrderDocument(
    string? OrderNo,
    OrderStatus? Status,
    DateTimeOffset? OrderedAt,
    decimal? Amount,
    string? Currency = null,
    string? Phone = null,
    DateTimeOffset? PhoneExpiresAt = null,
    string? BuyerId = null,
    string? BuyerName = null,
    string? Zone = null,
    string? Country = null,
    string? Region = null,
    string? City = null,
    string? Postcode = null,
    IReadOnlyList<OrderItem>? Items = null,
    string? BuyerNote = null,
    string? SellerNote = null,
    string? Courier = null,
    string? TrackingNo = null,
    decimal? RefundedAmount = null,
    string? CloseReason = null,
    DateTimeOffset? PaidAt = null,
    DateTimeOffset? ShippedAt = null,
    DateTimeOffset? DeliveredAt = null,
    DateTimeOffset? ClosedAt = null,
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
    private const decimal LargestAmount = 999_999_999_999.99m;

    internal (IncomingOrder? Order, RejectedRow? Rejected) Read(ShopFacts shop, int line)
    {
        if (Fault() is { } fault)
            return (null, new(line, fault.Field, fault.Value, fault.Reason, [CellText.Storable(JsonSerializer.Serialize(this, JsonSerializerOptions.Web))]));
        var country = Country?.ToUpperInvariant() ?? shop.Country;
        var status = Status == OrderStatus.Unpaid && PaidAt is not null ? OrderStatus.Paid : Status!.Value;
        return (new(Callback.OrderNo.Parse(OrderNo), status, new(decimal.Round(Amount!.Value, 2), Currency?.ToUpperInvariant() ?? shop.Currency), OrderedAt!.Value.ToUniversalTime(), PhoneParser.Parse(Phone, country), ReadItems())
        {
            BuyerId = Text(BuyerId, 200),
            BuyerName = Text(BuyerName, 200),
            PhoneExpiresAt = PhoneExpiresAt?.ToUniversalTime(),
            Zone = Zone,
            Country = country,
            Region = Text(Region, 200),
            City = Text(City, 200),
            Postcode = Text(Postcode, 20),
            BuyerNote = Text(BuyerNote, 2000),
            SellerNote = Text(SellerNote, 2000),
            Courier = Text(Courier, 200),
            TrackingNo = Text(TrackingNo, 200),
            RefundedAmount = decimal.Round(RefundedAmount ?? 0, 2),
            CloseReason = Text(CloseReason, 500),
            PaidAt = PaidAt?.ToUniversalTime(),
            ShippedAt = ShippedAt?.ToUniversalTime(),
            DeliveredAt = DeliveredAt?.ToUniversalTime(),
            ClosedAt = ClosedAt?.ToUniversalTime(),
            Cases = ReadCases(),
        }, null);
    }

    private (string Field, string? Value, RejectReason Reason)? Fault()
    {
        if (string.IsNullOrWhiteSpace(OrderNo))
            return ("orderNo", OrderNo, RejectReason.OrderNoMissing);
        if (Callback.OrderNo.TryParse(CellText.Storable(OrderNo)) is null)
            return ("orderNo", CellText.Storable(OrderNo), RejectReason.OrderNoUnusable);
        if (Status is null)
            return ("status", null, RejectReason.StatusMissing);
        if (OrderedAt is null)
            return ("orderedAt", null, RejectReason.DateMissing);
        if (Amount is null)
            return ("amount", null, RejectReason.AmountMissing);
        if (Math.Abs(Amount.Value) > LargestAmount || RefundedAmount is < 0 or > LargestAmount)
            return ("amount", $"{Amount}", RejectReason.AmountUnreadable);
        if (Currency is not null && (Currency.Length != 3 || !Currency.All(char.IsAsciiLetter)))
            return ("currency", Text(Currency, 200), RejectReason.CurrencyUnknown);
        if (Country is not null && (Country.Length != 2 || !Country.All(char.IsAsciiLetter)))
            return ("country", Text(Country, 200), RejectReason.CountryUnknown);
        if (Zone is not null && !(TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone) && zone.HasIanaId))
            return ("zone", Text(Zone, 200), RejectReason.ZoneUnknown);
        if (Items?.Any(item => item is null || item.Title is null || item.Quantity is < 1 or > 1_000_000) == true)
            return ("items", null, RejectReason.QuantityUnreadable);
        if (StockLeft is < 0 or > 1_000_000)
            return ("stockLeft", $"{StockLeft}", RejectReason.QuantityUnreadable);
        return Items?.Count > Files.OrderRows.MostItems ? ("items", $"{Items.Count}", RejectReason.TooManyItems) : null;
    }

    private OrderCases ReadCases() => new(
        DeliveryProblemAt?.ToUniversalTime(),
        Text(DeliveryProblem, 500),
        OutOfStockAt?.ToUniversalTime(),
        Text(OutOfStockItem, 200),
        Text(OutOfStockReason, 500),
        RefundRequestedAt?.ToUniversalTime(),
        Text(RefundReason, 500),
        ComplaintClosedAt?.ToUniversalTime(),
        Text(ComplaintResult, 500),
        StockLeft,
        OfferEndsOn);

    private List<OrderItem> ReadItems() => [.. (Items ?? []).Select(item => item with { Title = Text(item.Title, 500) ?? "", Sku = Text(item.Sku, 200) })];

    private static string? Text(string? text, int longest)
    {
        var clean = CellText.Clean(text);
        return clean is null ? null : CellText.Storable(clean.Length <= longest ? clean : clean[..longest]);
    }
}
