using System.Collections.Frozen;

namespace Callback.CallScripts;

/// <summary>A name a script may use.</summary>
/// <param name="Optional">It may be missing for an order: in a text it needs a fallback.</param>
/// <param name="InTexts">It may stand in a text; the others are for conditions only.</param>
public sealed record ScriptValueName(string Name, bool Optional, bool InTexts, Label Meaning);

/// <summary>The closed set of names, shown on the help page; anything else is refused at load.</summary>
public static class ScriptValueNames
{
    public static IReadOnlyList<ScriptValueName> All { get; } =
    [
        Text("shop", "the shop's name", "店铺名称"),
        Text("agent", "the agent's display name", "坐席的称呼"),
        Text("greeting", "a greeting by the customer's time of day", "按客户当地时间的问候"),
        Text("wish", "a closing wish by the calendar: weekend, holiday, ordinary day", "按日历的结束祝福：周末、节日、平日"),
        Text("goods", "what was ordered, short", "所购商品（简称）"),
        Text("amount", "the amount of all orders on the card, as spoken", "卡片上所有订单的金额（口语）"),
        Text("orderAge", "how long ago it was ordered, in words", "下单至今多久（文字）"),
        Text("answerBy", "by when an answer can be promised: this evening, or the next working day", "最迟何时能给答复：今天下班前，或下一个工作日"),
        OptionalText("buyer", "the customer's name", "客户姓名"),
        OptionalText("courier", "the courier", "快递公司"),
        OptionalText("tracking", "the tracking number", "快递单号"),
        OptionalText("deliveredAge", "how long ago it was delivered, in words", "签收至今多久（文字）"),
        OptionalText("shippedAge", "how long ago it was shipped, in words", "发货至今多久（文字）"),
        OptionalText("lastScan", "the last scan of a parcel that is late or stuck, short", "异常包裹的最近物流记录（简短）"),
        OptionalText("outOfStockItem", "what cannot be shipped, short", "缺货的商品（简短）"),
        OptionalText("outOfStockReason", "why it cannot be shipped, short", "缺货原因（简短）"),
        OptionalText("refundReason", "why the customer asked for a refund or complained, short", "退款或投诉的原因（简短）"),
        OptionalText("refundAge", "how long ago the customer asked for it, in words", "申请退款或投诉至今多久（文字）"),
        OptionalText("complaintResult", "how the complaint was settled, short", "投诉的处理结果（简短）"),
        OptionalText("complaintAge", "how long ago the complaint was closed, in words", "投诉结案至今多久（文字）"),
        OptionalText("returnDays", "days in which goods may be sent back without a reason", "无理由退货天数"),
        OptionalText("paymentMethods", "payment methods of the shop", "店铺支持的付款方式"),
        OptionalText("contact", "how a customer reaches the shop", "客户联系店铺的方式"),
        OptionalText("surveyGift", "the thank-you for answering, whatever the answer", "回访答谢（与评价好坏无关）"),
        OptionalText("apologyGift", "what may be offered for a courier's fault", "快递问题致歉补偿"),
        OptionalText("stockLeft", "pieces left, where the shop knows it", "剩余库存（店铺有数据时）"),
        OptionalText("offerEnds", "the day on which the offer ends, where the shop knows it", "优惠截止日（店铺有数据时）"),
        OptionalText("holiday", "the holiday that is near, in words", "临近的节日"),
        Fact("status", "the order's status, for example Unpaid", "订单状态，例如 Unpaid"),
        Fact("amountValue", "the amount as a number", "金额（数值）"),
        Fact("orderCount", "how many orders are on the card", "卡片上的订单数"),
        Fact("orderHours", "hours since it was ordered", "下单至今的小时数"),
        Fact("deliveredDays", "days since it was delivered", "签收至今的天数"),
        Fact("stock", "pieces left as a number", "剩余库存（数值）"),
        Fact("offerDays", "days until the offer ends, 0 for today", "距优惠截止的天数，当天为 0"),
    ];

    private static readonly FrozenDictionary<string, ScriptValueName> ByName = All.ToFrozenDictionary(value => value.Name);

    public static ScriptValueName? Find(string name) => ByName.GetValueOrDefault(name);

    private static ScriptValueName Text(string name, string en, string zh) => new(name, Optional: false, InTexts: true, new Label(en, zh));

    private static ScriptValueName OptionalText(string name, string en, string zh) => new(name, Optional: true, InTexts: true, new Label(en, zh));

    private static ScriptValueName Fact(string name, string en, string zh) => new(name, Optional: true, InTexts: false, new Label(en, zh));
}
