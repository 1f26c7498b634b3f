namespace Callback.Planning;

public enum PurposeFit
{
    Fits,

    /// <summary>The order has still to get there.</summary>
    TooEarly,

    /// <summary>The order is past it, for good.</summary>
    TooLate,
}

/// <summary>Which orders are a case for which purpose.</summary>
public static class PurposePolicy
{
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
        Purpose.RefundOrDispute => [OrderStatus.Paid, OrderStatus.Shipped, OrderStatus.Delivered, OrderStatus.Refunded],
        Purpose.ResolutionCheck => [OrderStatus.Paid, OrderStatus.Shipped, OrderStatus.Delivered, OrderStatus.Refunded, OrderStatus.Closed],
        _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, null),
    };

    /// <summary>The column of orders that holds the moment from which the order's age counts.</summary>
    internal static string AgeColumn(Purpose purpose) => purpose switch
    {
        Purpose.PaymentReminder => "ordered_at",
        Purpose.DeliveryCallBack => "delivered_at",
        Purpose.DeliveryProblem => "shipped_at",
        _ => "paid_at",
    };
}
