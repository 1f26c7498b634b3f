namespace Callback.CallScripts;

/// <summary>Invented cards for checks, previews and tests: one that knows everything and one that knows only what is never missing.</summary>
public static class ScriptSamples
{
    private static readonly DateTimeOffset Now = new(2026, 11, 18, 8, 30, 0, TimeSpan.Zero);

    public static ScriptFacts Full(string language) => language == "en" ? English() : Chinese();

    public static ScriptFacts Bare(string language)
    {
        var full = Full(language);
        return full with
        {
            Shop = new ScriptShop(full.Shop.Name, full.Shop.Currency, SurveyGift: "", ApologyGift: ""),
            BuyerName = null,
            Holiday = null,
            Orders = [new ScriptOrder(full.Orders[0].OrderNo, full.Orders[0].Status, full.Orders[0].Amount, [], full.Orders[0].OrderedAt)],
        };
    }

    private static ScriptFacts English()
    {
        var shop = new ScriptShop("Linden Shoes", "USD", 7, "card, PayPal or bank transfer", "the chat on our site", "a $2 voucher", "a $5 voucher");
        return Card("en", shop, "Grace Miller", "leather slip-on shoes", "UPS", "1Z999AA10123456784", "Emma") with { Holiday = "New Year's Day" };
    }

    private static ScriptFacts Chinese()
    {
        var shop = new ScriptShop("林间鞋铺", "CNY", 7, "支付宝、银行卡和找人代付", "店铺旺旺", "5元无门槛优惠券", "10元无门槛优惠券");
        return Card("zh-CN", shop, "王晓芳", "真皮软底平底鞋", "圆通速递", "YT8812345678901", "小林") with { Holiday = "元旦" };
    }

    private static readonly ScriptCase EnglishCase = new(
        "arrived at the sorting centre in Harrisburg", "leather slip-on shoes, red, size 38", "a scratch was found in the check before shipping",
        Now.AddHours(-20), "the left shoe pinches at the toes", Now.AddDays(-3), "exchanged for a size larger, freight paid by us");

    private static readonly ScriptCase ChineseCase = new(
        "已到达杭州转运中心，暂无后续记录", "真皮软底平底鞋 红色 38码", "出库前检查发现鞋面有划痕", Now.AddHours(-20), "左脚鞋头有点挤脚", Now.AddDays(-3), "换大一码，运费由店铺承担");

    private static ScriptFacts Card(string language, ScriptShop shop, string buyer, string title, string courier, string tracking, string agent) => new(
        language,
        agent,
        shop,
        buyer,
        [
            new ScriptOrder(OrderNo.Parse("2026111800012345"), OrderStatus.Unpaid, new Money(168.5m, shop.Currency), [new ScriptItem(title, 1), new ScriptItem(title, 2)],
                Now.AddHours(-5), Now.AddDays(-4), Now.AddDays(-2), courier, tracking, StockLeft: 3, OfferEndsOn: new DateOnly(2026, 11, 20), Case: language == "en" ? EnglishCase : ChineseCase),
        ],
        Now,
        new DateTime(2026, 11, 18, 16, 30, 0));
}
