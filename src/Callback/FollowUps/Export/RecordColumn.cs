using System.Globalization;
using Callback.CallScripts;
using Callback.FollowUps.Log;

namespace Callback.FollowUps.Export;

/// <summary>A column of the exported call-back record: its heading in both languages and its typed cell (string, decimal, int or null).</summary>
public sealed record RecordColumn(string En, string Zh, Func<FollowUpRow, RecordForm, object?> Cell)
{
    /// <summary>The shop's call-back record (电话回访记录表). No phone number: only its last four digits.</summary>
    public static IReadOnlyList<RecordColumn> All { get; } =
    [
        new("Date and time", "日期时间", (row, form) => form.Local(row.At)),
        new("Order numbers", "订单编号", (row, _) => string.Join(' ', row.OrderNos)),
        new("Buyer id", "买家会员名", (row, _) => row.BuyerId),
        new("Name", "姓名", (row, _) => row.BuyerName),
        new("Phone, last four digits", "电话后四位", (row, _) => row.PhoneLast4),
        new("Products", "商品", (row, _) => row.Products),
        new("Amount", "金额", (row, _) => row.Amount),
        new("Currency", "币种", (row, _) => row.Currency),
        new("Campaign", "外呼活动", (row, _) => row.CampaignName),
        new("Purpose", "外呼目的", (row, form) => form.Name(row.Purpose)),
        new("Outcome", "回访结果", (row, form) => form.Name(form.Catalogue.Find(row.Outcome)?.Label, row.Outcome)),
        new("Reasons", "原因", (row, form) => string.Join(form.Chinese ? "、" : ", ", row.ReasonCodes.Select(code => form.Name(form.Catalogue.FindReason(code)?.Label, code)))),
        new("Arrived", "是否收到", (row, _) => row.Arrived),
        new("Product satisfaction", "商品满意度", (row, _) => row.ProductSatisfaction),
        new("Courier satisfaction", "物流满意度", (row, _) => row.CourierSatisfaction),
        new("Suggestion", "建议", (row, _) => row.Suggestion),
        new("Problem", "问题", (row, _) => row.Problem),
        new("Promised", "承诺事项", (row, _) => row.Promised),
        new("Promised until", "承诺时间", (row, form) => row.PromisedAt is { } at ? form.Local(at) : null),
        new("Compensation", "补偿", (row, _) => row.Compensation),
        new("Note", "备注", (row, _) => row.Note),
        new("Agent", "坐席", (row, _) => row.AgentName),
        new("Talk time, seconds", "通话时长（秒）", (row, _) => row.TalkSeconds),
    ];

    public string Heading(RecordForm form) => form.Chinese ? Zh : En;
}

/// <summary>How a record is written out: in the shop's zone, and in one of the two languages.</summary>
public sealed record RecordForm(TimeZoneInfo Zone, OutcomeCatalogue Catalogue, bool Chinese)
{
    public string Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public string Name(Label? label, string code) => label is null ? code : Chinese ? label.Zh : label.En;

    public string Name(Purpose purpose) => purpose switch
    {
        Purpose.PaymentReminder => Chinese ? "催付" : "Payment reminder",
        Purpose.DeliveryCallBack => Chinese ? "售后回访" : "Delivery call-back",
        Purpose.DeliveryProblem => Chinese ? "物流异常" : "Delivery problem",
        Purpose.OutOfStock => Chinese ? "缺货" : "Out of stock",
        Purpose.RefundOrDispute => Chinese ? "退款/投诉维权" : "Refund or dispute",
        _ => Chinese ? "投诉回访" : "Resolution check",
    };
}
