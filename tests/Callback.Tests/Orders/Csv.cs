namespace Callback.Tests.Orders;

/// <summary>Makes files of the generic format: a header and rows that name only what matters.</summary>
internal static class Csv
{
    public const string Header = "order_no,status,ordered_at,amount,phone,buyer_id,item_title,item_quantity,paid_at,delivered_at\n";

    public static string Of(params IEnumerable<string> rows) => Header + string.Concat(rows.Select(row => row + "\n"));

    public static string Row(
        string orderNo, string status = "unpaid", string amount = "59.80", string phone = "13800138000", string buyer = "t1", string title = "sock", string paidAt = "", string deliveredAt = "") =>
        $"{orderNo},{status},2026-11-20 21:03:11,{amount},{phone},{buyer},{title},1,{paidAt},{deliveredAt}";
}
