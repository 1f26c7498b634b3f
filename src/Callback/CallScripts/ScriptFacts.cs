namespace Callback.CallScripts;

/// <summary>What the values of a script are made from: everything the card knows when it is shown.</summary>
/// <param name="Language">zh-CN or en: how amounts, ages and greetings are worded.</param>
/// <param name="Orders">All orders on the card, at least one; the first is the one the talk is about.</param>
/// <param name="Now">The moment.</param>
/// <param name="LocalNow">The same moment on the customer's clock: greeting and wish follow it.</param>
/// <param name="Holiday">Name of the holiday that is today or begins within two days, in the script's language; null: none.</param>
/// <param name="Weekend">Whether the days ahead are free; null: Friday afternoon to Sunday by the calendar.</param>
/// <param name="ShopNow">The same moment on the shop's clock: answers are promised by it; null: as the customer's.</param>
public sealed record ScriptFacts(
    string Language,
    string AgentName,
    ScriptShop Shop,
    string? BuyerName,
    IReadOnlyList<ScriptOrder> Orders,
    DateTimeOffset Now,
    DateTime LocalNow,
    string? Holiday = null,
    bool? Weekend = null,
    DateTime? ShopNow = null);

/// <summary>What scripts may say of the shop (column <c>shops.facts</c>); what is null is left out of the talk.</summary>
/// <param name="ReturnDays">Days in which goods may be sent back without a reason.</param>
/// <param name="PaymentMethods">In words, in the shop's language.</param>
/// <param name="ContactWay">How a customer reaches the shop: the platform's chat, a service number.</param>
/// <param name="SurveyGift">The thank-you for answering, whatever the answer was; null: a ¥5 voucher where the currency is CNY, else nothing; blank: nothing.</param>
/// <param name="ApologyGift">What may be offered for a courier's fault; null: a ¥10 voucher where the currency is CNY, else nothing; blank: nothing.</param>
public sealed record ScriptShop(
    string Name,
    string Currency,
    int? ReturnDays = null,
    string? PaymentMethods = null,
    string? ContactWay = null,
    string? SurveyGift = null,
    string? ApologyGift = null);

/// <summary>An order as the talk needs it.</summary>
/// <param name="StockLeft">Pieces left of what was ordered, where the shop knows it.</param>
/// <param name="OfferEndsOn">The customer's date on which the offer's price ends, where the shop knows it.</param>
/// <param name="Case">What was reported about it, where something was.</param>
public sealed record ScriptOrder(
    OrderNo OrderNo,
    OrderStatus Status,
    Money Amount,
    IReadOnlyList<ScriptItem> Items,
    DateTimeOffset OrderedAt,
    DateTimeOffset? ShippedAt = null,
    DateTimeOffset? DeliveredAt = null,
    string? Courier = null,
    string? TrackingNo = null,
    int? StockLeft = null,
    DateOnly? OfferEndsOn = null,
    ScriptCase? Case = null);

/// <summary>What was reported about an order: why the call is made, in the words of whoever reported it.</summary>
/// <param name="LastScan">The last scan of a parcel that is late or stuck.</param>
/// <param name="OutOfStockItem">What cannot be shipped.</param>
/// <param name="OutOfStockReason">Why it cannot.</param>
/// <param name="RefundRequestedAt">When the customer asked for a refund or complained.</param>
/// <param name="RefundReason">Why, as the customer filed it.</param>
/// <param name="ComplaintClosedAt">When the complaint was closed.</param>
/// <param name="ComplaintResult">How it was settled.</param>
public sealed record ScriptCase(
    string? LastScan = null,
    string? OutOfStockItem = null,
    string? OutOfStockReason = null,
    DateTimeOffset? RefundRequestedAt = null,
    string? RefundReason = null,
    DateTimeOffset? ComplaintClosedAt = null,
    string? ComplaintResult = null);

public sealed record ScriptItem(string Title, int Quantity);
