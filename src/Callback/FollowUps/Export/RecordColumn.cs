using System.Globalization;
using Callback.FollowUps.Log;

namespace Callback.FollowUps.Export;

/// <summary>A column of the exported call-back record: its heading in both languages and its typed cell (string, decimal, int or null).</summary>
public sealed record RecordColumn(string En, string Zh, Func<FollowUpRow, TimeZoneInfo, object?> Cell)
{
    /// <summary>The shop's call-back record (电话回访记录表). No phone number: only its last four digits.</summary>
    public static IReadOnlyList<RecordColumn> All { get; } =
    [
        new("Date and time", "日期时间", (row, zone) => Local(row.At, zone)),
        new("Order numbers", "订单编号", (row, _) => string.Join(' ', row.OrderNos)),
        new("Buyer id", "买家会员名", (row, _) => row.BuyerId),
        new("Name", "姓名", (row, _) => row.BuyerName),
        new("Phone, last four digits", "电话后四位", (row, _) => row.PhoneLast4),
        new("Products", "商品", (row, _) => row.Products),
        new("Amount", "金额", (row, _) => row.Amount),
        new("Currency", "币种", (row, _) => row.Currency),
        new("Campaign", "外呼活动", (row, _) => row.CampaignName),
        new("Purpose", "外呼目的", (row, _) => row.Purpose.ToString()),
        new("Outcome", "回访结果", (row, _) => row.Outcome),
        new("Reasons", "原因", (row, _) => string.Join(' ', row.ReasonCodes)),
        new("Arrived", "是否收到", (row, _) => row.Arrived),
        new("Product satisfaction", "商品满意度", (row, _) => row.ProductSatisfaction),
        new("Courier satisfaction", "物流满意度", (row, _) => row.CourierSatisfaction),
        new("Suggestion", "建议", (row, _) => row.Suggestion),
        new("Problem", "问题", (row, _) => row.Problem),
        new("Promised", "承诺事项", (row, _) => row.Promised),
        new("Promised until", "承诺时间", (row, zone) => row.PromisedAt is { } at ? Local(at, zone) : null),
        new("Compensation", "补偿", (row, _) => row.Compensation),
        new("Note", "备注", (row, _) => row.Note),
        new("Agent", "坐席", (row, _) => row.AgentName),
        new("Talk time, seconds", "通话时长（秒）", (row, _) => row.TalkSeconds),
    ];

    private static string Local(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
