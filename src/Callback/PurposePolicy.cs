namespace Callback;

public enum PurposeFit
{
    Fits,

    /// <summary>The order has still to get there.</summary>
    TooEarly,

    /// <summary>The order is past it, for good.</summary>
    TooLate,
}

/// <summary>Which orders are a case for which purpose, in C# and – from the same table – in SQL.</summary>
public static class PurposePolicy
{
    private static readonly Purpose[] All = Enum.GetValues<Purpose>();

    public static PurposeFit Fits(Purpose purpose, OrderStatus status)
    {
        var wanted = Wanted(purpose);
        return wanted.Contains(status) ? PurposeFit.Fits : status < wanted[0] ? PurposeFit.TooEarly : PurposeFit.TooLate;
    }

    /// <summary>The statuses in which an order is a case, in the direction orders move.</summary>
    public static IReadOnlyList<OrderStatus> Wanted(Purpose purpose) => purpose switch
    {
        Purpose.PaymentReminder => [OrderStatus.Unpaid],
        Purpose.OutOfStock => [OrderStatus.Paid],
        Purpose.DeliveryProblem => [OrderStatus.Shipped],
        Purpose.DeliveryCallBack => [OrderStatus.Delivered],
        Purpose.RefundOrDispute => [OrderStatus.Paid, OrderStatus.Shipped, OrderStatus.Delivered],
        Purpose.ResolutionCheck => [OrderStatus.Paid, OrderStatus.Shipped, OrderStatus.Delivered, OrderStatus.Refunded, OrderStatus.Closed],
        _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, null),
    };

    /// <summary>Whether a status alone makes no case: somebody has to report that something happened (no stock, a refund asked for …).</summary>
    public static bool NeedsReport(Purpose purpose) => purpose is not (Purpose.PaymentReminder or Purpose.DeliveryCallBack);

    /// <summary>The column of orders that holds the moment which makes the order a case, from which its age counts.</summary>
    internal static string AgeColumn(Purpose purpose) => purpose switch
    {
        Purpose.PaymentReminder => "ordered_at",
        Purpose.DeliveryCallBack => "delivered_at",
        Purpose.DeliveryProblem => "delivery_problem_at",
        Purpose.OutOfStock => "out_of_stock_at",
        Purpose.RefundOrDispute => "refund_requested_at",
        Purpose.ResolutionCheck => "complaint_closed_at",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, null),
    };

    /// <summary>The column of orders up to which reports for the purpose were taken back; null where a status alone makes the case.</summary>
    internal static string? WithdrawnColumn(Purpose purpose) => purpose switch
    {
        Purpose.DeliveryProblem => "delivery_problem_withdrawn_to",
        Purpose.OutOfStock => "out_of_stock_withdrawn_to",
        Purpose.RefundOrDispute => "refund_requested_withdrawn_to",
        Purpose.ResolutionCheck => "complaint_closed_withdrawn_to",
        _ => null,
    };

    /// <summary>Whether the customer asked for a refund, or complained, and it was not closed since.</summary>
    public static bool RefundOpen(DateTimeOffset? requestedAt, DateTimeOffset? closedAt) => requestedAt is { } requested && !(closedAt >= requested);

    /// <summary>Whether a call for the purpose waits while a refund is open: nobody is asked how the goods are who has just sent them back.</summary>
    public static bool WaitsForRefund(Purpose purpose) => purpose == Purpose.DeliveryCallBack;

    /// <summary>SQL: the statuses of <see cref="Wanted"/> as a list for <c>in</c>.</summary>
    internal static string WantedSql(Purpose purpose) => $"({string.Join(", ", Wanted(purpose).Select(status => $"'{status}'"))})";

    /// <summary>SQL: the age column of an order for a purpose that is an expression itself.</summary>
    internal static string AgeSql(string purpose, string order) =>
        $"case {purpose} {string.Join(' ', All.Select(one => $"when '{one}' then {order}.{AgeColumn(one)}"))} end";

    /// <summary>SQL: whether a status is a case for a purpose, both expressions.</summary>
    internal static string FitsSql(string purpose, string status) =>
        $"case {purpose} {string.Join(' ', All.Select(one => $"when '{one}' then {status} in {WantedSql(one)}"))} end";

    /// <summary>SQL: for a row of orders, one row for each purpose with purpose, due_at and fits.</summary>
    internal static string CasesSql(string order) =>
        $"(values {string.Join(", ", All.Select(one => $"('{one}', {order}.{AgeColumn(one)}, {order}.status in {WantedSql(one)})"))})";

    /// <summary>SQL: all age columns, behind one another.</summary>
    internal static string AgeColumns(string order) => string.Join(", ", All.Select(one => $"{order}.{AgeColumn(one)}"));
}
