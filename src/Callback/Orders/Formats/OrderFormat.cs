using System.Text.RegularExpressions;

namespace Callback.Orders.Formats;

/// <summary>How one platform's order export is to be read: one file of <c>config/order-formats</c>, checked.</summary>
/// <param name="Name">What <c>--format</c> takes.</param>
/// <param name="Title">For the Import screen, by language.</param>
/// <param name="Requires">Columns without which a file is not of this format, as they are written; each entry lists alternatives.</param>
/// <param name="RowIsItem">One row per item: rows of one order number are one order.</param>
/// <param name="AmountPerRow">The amount column holds a row's share, to be added up.</param>
/// <param name="Zone">IANA zone of its local times, or null: the shop's.</param>
/// <param name="Country">Country of orders that name none, or null: the shop's.</param>
/// <param name="Currency">Currency of amounts that name none, or null: the shop's.</param>
/// <param name="ExportTime">Finds the export's local time in the file name, or null.</param>
/// <param name="Columns">Where each field stands: alternatives in order of preference.</param>
/// <param name="Statuses">Columns that speak of the status; the furthest of what they say counts.</param>
/// <param name="Dates">.NET format strings, tried in order.</param>
/// <param name="DecimalMark">'.' or ','; the other one parts thousands.</param>
/// <param name="Items">How items are written.</param>
/// <param name="ChineseAddress">The address column holds a Chinese address to take province, city and postcode from.</param>
/// <param name="PaysLater">Payment methods of orders that are never due before delivery.</param>
/// <param name="RefundWords">Words in the closing reason that mean a refund.</param>
/// <param name="NoBuyer">Buyer ids that stand for nobody (guests).</param>
/// <param name="DaysToDelivery">Added to the shipping time where the delivery time is not told.</param>
public sealed record OrderFormat(
    string Name,
    IReadOnlyDictionary<string, string> Title,
    IReadOnlyList<IReadOnlyList<string>> Requires,
    bool RowIsItem,
    bool AmountPerRow,
    TimeZoneInfo? Zone,
    string? Country,
    string? Currency,
    ExportTime? ExportTime,
    IReadOnlyDictionary<OrderField, IReadOnlyList<ColumnSource>> Columns,
    IReadOnlyList<StatusColumn> Statuses,
    IReadOnlyList<string> Dates,
    char DecimalMark,
    ItemStyle Items,
    bool ChineseAddress,
    IReadOnlySet<string> PaysLater,
    IReadOnlyList<string> RefundWords,
    IReadOnlySet<string> NoBuyer,
    int DaysToDelivery);

/// <summary>The fields an export can fill; in the files they begin with a small letter.</summary>
public enum OrderField
{
    OrderNo,
    BuyerId,
    BuyerName,
    Phone,
    PhoneExpiresAt,
    Zone,
    Country,
    Region,
    City,
    Postcode,
    Address,
    Amount,
    Currency,
    Refunded,
    ItemTitle,
    ItemQuantity,
    ItemPrice,
    ItemSku,
    BuyerNote,
    SellerNote,
    Courier,
    TrackingNo,
    CloseReason,
    PaymentMethod,
    OrderedAt,
    PaidAt,
    ShippedAt,
    DeliveredAt,
    ClosedAt,
    DeliveryProblemAt,
    DeliveryProblem,
    OutOfStockAt,
    OutOfStockItem,
    OutOfStockReason,
    RefundRequestedAt,
    RefundReason,
    ComplaintClosedAt,
    ComplaintResult,
    StockLeft,
    OfferEndsOn,
}

/// <summary>One alternative: a column, several joined by a blank (<c>first + last</c>), or all that begin alike (<c>order_item_*</c>).</summary>
public sealed record ColumnSource(IReadOnlyList<string> Names, bool IsPrefix);

/// <param name="Words">Status word (folded, lower case, without blanks) → status.</param>
/// <param name="Filled">What any value at all means, or null: the value is a word.</param>
/// <param name="DropBefore">Prefixes that are taken off before the word is looked up.</param>
/// <param name="Optional">An empty cell says nothing, instead of being an error.</param>
public sealed record StatusColumn(
    IReadOnlyList<string> Columns,
    IReadOnlyDictionary<string, OrderStatus> Words,
    OrderStatus? Filled,
    IReadOnlyList<string> DropBefore,
    bool Optional);

/// <param name="Pattern">Its first group is the time.</param>
/// <param name="Form">.NET format of that group.</param>
public sealed record ExportTime(Regex Pattern, string Form);

public enum ItemStyle
{
    /// <summary>One item, in the columns for title, quantity, price and sku.</summary>
    Columns,

    /// <summary>Each column that begins with the title's prefix is one item: <c>name:…|quantity:…|total:…</c> or <c>sku|quantity|total</c>.</summary>
    Pipes,
}
