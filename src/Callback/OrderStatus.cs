namespace Callback;

/// <summary>Where an order stands. The order of the members is the only direction an order moves in.</summary>
public enum OrderStatus
{
    Unpaid,
    Paid,
    Shipped,
    Delivered,
    Refunded,
    Closed,
}
