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

    private static ScriptFacts Card(string language, ScriptShop shop, string buyer, string title, string courier, string tracking, string agent) => new(
        language,
        agent,
        shop,
        buyer,
        [
            new ScriptOrder(OrderNo.Parse("2026111800012345"), OrderStatus.Unpaid, new Money(168.5m, shop.Currency), [new ScriptItem(title, 1), new ScriptItem(title, 2)],
                Now.AddHours(-5), Now.AddDays(-4), Now.AddDays(-2), courier, tracking, StockLeft: 3, OfferEndsOn: new DateOnly(2026, 11, 20)),
        ],
        Now,
        new DateTime(2026, 11, 18, 16, 30, 0));
}
