using System.Collections.Frozen;
using System.Globalization;

namespace Callback.CallScripts;

/// <summary>The facts a script may speak of or decide on, by the closed set of names in <see cref="ScriptValueNames"/>; what is not known is absent.</summary>
public sealed record ScriptValues(FrozenDictionary<string, string> Texts, FrozenDictionary<string, decimal> Numbers)
{
    public bool Has(string name) => Texts.ContainsKey(name) || Numbers.ContainsKey(name);

    public string? Text(string name) => Texts.GetValueOrDefault(name);

    public decimal? Number(string name) => Numbers.TryGetValue(name, out var number) ? number : null;

    /// <summary>Pure. A value that is blank, or a name that is masked (张*), counts as missing.</summary>
    public static ScriptValues Of(ScriptFacts facts)
    {
        if (facts.Orders.Count == 0)
            throw new ArgumentException("A talk is about at least one order.", nameof(facts));
        return new ScriptValues(
            TextsOf(facts, facts.Orders[0], facts.Language == "en").Concat(CaseOf(facts, facts.Orders[0], facts.Language == "en")).Where(pair => pair.Value is not null).ToFrozenDictionary(pair => pair.Key, pair => pair.Value!),
            NumbersOf(facts, facts.Orders[0]).Where(pair => pair.Value is not null).ToFrozenDictionary(pair => pair.Key, pair => pair.Value!.Value));
    }

    private static Dictionary<string, string?> TextsOf(ScriptFacts facts, ScriptOrder order, bool english) => new()
    {
        ["shop"] = ScriptWording.Clean(facts.Shop.Name) ?? (english ? "the shop" : "本店"),
        ["agent"] = ScriptWording.Clean(facts.AgentName) ?? (english ? "the service desk" : "客服专员"),
        ["greeting"] = ScriptWording.Greeting(facts.LocalNow, english),
        ["wish"] = ScriptWording.Wish(facts, english),
        ["goods"] = ScriptWording.Goods(facts.Orders, english),
        ["amount"] = ScriptWording.Amount(facts.Orders, english),
        ["orderAge"] = ScriptWording.Ago(order.OrderedAt, facts.Now, english),
        ["answerBy"] = ScriptWording.AnswerBy(facts, english),
        ["buyer"] = facts.BuyerName?.Contains('*', StringComparison.Ordinal) == true ? null : ScriptWording.Clean(facts.BuyerName),
        ["courier"] = ScriptWording.Clean(order.Courier),
        ["tracking"] = ScriptWording.Clean(order.TrackingNo),
        ["deliveredAge"] = Ago(order.DeliveredAt, facts, english),
        ["shippedAge"] = Ago(order.ShippedAt, facts, english),
        ["returnDays"] = facts.Shop.ReturnDays?.ToString(CultureInfo.InvariantCulture),
        ["paymentMethods"] = ScriptWording.Clean(facts.Shop.PaymentMethods),
        ["contact"] = ScriptWording.Clean(facts.Shop.ContactWay),
        ["surveyGift"] = Gift(facts.Shop, facts.Shop.SurveyGift, english ? "a ¥5 voucher" : "一张5元优惠券"),
        ["apologyGift"] = Gift(facts.Shop, facts.Shop.ApologyGift, english ? "a ¥10 voucher without a minimum" : "一张10元无门槛优惠券"),
        ["stockLeft"] = order.StockLeft?.ToString(CultureInfo.InvariantCulture),
        ["offerEnds"] = OfferDays(facts, order) is null ? null : ScriptWording.Day(order.OfferEndsOn!.Value, english),
        ["holiday"] = ScriptWording.Clean(facts.Holiday),
        ["status"] = order.Status.ToString(),
    };

    /// <summary>Reports come from outside and may be long: what is spoken of them is short.</summary>
    private static Dictionary<string, string?> CaseOf(ScriptFacts facts, ScriptOrder order, bool english) => new()
    {
        ["lastScan"] = ScriptWording.Brief(order.Case?.LastScan),
        ["outOfStockItem"] = ScriptWording.Brief(order.Case?.OutOfStockItem),
        ["outOfStockReason"] = ScriptWording.Brief(order.Case?.OutOfStockReason),
        ["refundReason"] = ScriptWording.Brief(order.Case?.RefundReason),
        ["refundAge"] = Ago(order.Case?.RefundRequestedAt, facts, english),
        ["complaintResult"] = ScriptWording.Brief(order.Case?.ComplaintResult),
        ["complaintAge"] = Ago(order.Case?.ComplaintClosedAt, facts, english),
    };

    private static string? Ago(DateTimeOffset? then, ScriptFacts facts, bool english) => then is { } moment ? ScriptWording.Ago(moment, facts.Now, english) : null;

    private static Dictionary<string, decimal?> NumbersOf(ScriptFacts facts, ScriptOrder order) => new()
    {
        ["amountValue"] = facts.Orders.Where(other => other.Amount.Currency == order.Amount.Currency).Sum(other => other.Amount.Amount),
        ["orderCount"] = facts.Orders.Count,
        ["orderHours"] = (decimal)(facts.Now - order.OrderedAt).TotalHours,
        ["deliveredDays"] = order.DeliveredAt is { } delivered ? (decimal)(facts.Now - delivered).TotalDays : null,
        ["stock"] = order.StockLeft,
        ["offerDays"] = OfferDays(facts, order),
    };

    /// <summary>The usual vouchers are in yuan; a shop that gives none says so with a blank, and one with another currency names its own.</summary>
    private static string? Gift(ScriptShop shop, string? own, string usual) => own is null && shop.Currency == "CNY" ? usual : ScriptWording.Clean(own);

    /// <summary>An offer that is over is not spoken of.</summary>
    private static int? OfferDays(ScriptFacts facts, ScriptOrder order) =>
        order.OfferEndsOn?.DayNumber - DateOnly.FromDateTime(facts.LocalNow).DayNumber is int days and >= 0 ? days : null;
}
