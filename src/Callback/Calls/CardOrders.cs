using System.Text.Json;
using Callback.Database;
using Callback.Orders;

namespace Callback.Calls;

/// <summary>The orders of a card as they are now.</summary>
internal static class CardOrders
{
    /// <param name="session">The transaction to read in.</param>
    /// <param name="shop">The card's shop.</param>
    /// <param name="orders">Order numbers, each with the right it is called by (0: the first).</param>
    /// <param name="ct">Cancels the statement.</param>
    public static async Task<IReadOnlyList<CardOrder>> ReadAsync(
        Session session, ShopId shop, IReadOnlyCollection<(string OrderNo, int GrantNo)> orders, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Row>(
            """
            select
                o.order_no, o.status, o.amount, o.currency, o.items::text as items, o.buyer_id, o.buyer_name, o.region, o.city, o.buyer_note, o.seller_note,
                o.courier, o.tracking_no, o.refunded_amount, o.ordered_at, o.paid_at, o.shipped_at, o.delivered_at, o.as_of, o.source,
                o.delivery_problem_at, o.delivery_problem, o.out_of_stock_at, o.out_of_stock_item, o.out_of_stock_reason, o.refund_requested_at, o.refund_reason,
                o.complaint_closed_at, o.complaint_result, o.stock_left, o.offer_ends_on
            from orders o
            where o.shop_id = @shop and o.order_no = any(@orderNos)
            order by o.ordered_at desc, o.order_no
            """,
            new { shop, orderNos = orders.Select(order => order.OrderNo).ToArray() },
            ct);
        var grants = orders.ToDictionary(order => order.OrderNo, order => order.GrantNo);
        return [.. rows.Select(row => row.ToOrder(grants[row.OrderNo]))];
    }

    private sealed class Row
    {
        public string OrderNo { get; init; } = "";
        public OrderStatus Status { get; init; }
        public decimal Amount { get; init; }
        public string Currency { get; init; } = "";
        public string Items { get; init; } = "[]";
        public string? BuyerId { get; init; }
        public string? BuyerName { get; init; }
        public string? Region { get; init; }
        public string? City { get; init; }
        public string? BuyerNote { get; init; }
        public string? SellerNote { get; init; }
        public string? Courier { get; init; }
        public string? TrackingNo { get; init; }
        public decimal RefundedAmount { get; init; }
        public DateTimeOffset OrderedAt { get; init; }
        public DateTimeOffset? PaidAt { get; init; }
        public DateTimeOffset? ShippedAt { get; init; }
        public DateTimeOffset? DeliveredAt { get; init; }
        public DateTimeOffset AsOf { get; init; }
        public string Source { get; init; } = "";
        public DateTimeOffset? DeliveryProblemAt { get; init; }
        public string? DeliveryProblem { get; init; }
        public DateTimeOffset? OutOfStockAt { get; init; }
        public string? OutOfStockItem { get; init; }
        public string? OutOfStockReason { get; init; }
        public DateTimeOffset? RefundRequestedAt { get; init; }
        public string? RefundReason { get; init; }
        public DateTimeOffset? ComplaintClosedAt { get; init; }
        public string? ComplaintResult { get; init; }
        public int? StockLeft { get; init; }
        public DateOnly? OfferEndsOn { get; init; }

        public CardOrder ToOrder(int grantNo) => new(
            OrderNo,
            Status,
            Amount,
            Currency,
            [.. JsonSerializer.Deserialize<OrderItem[]>(Items, JsonSerializerOptions.Web)!.Select(item => new CardItem(item.Title, item.Sku, item.Quantity, item.Price))],
            BuyerId, BuyerName, Region, City, BuyerNote, SellerNote, Courier, TrackingNo, RefundedAmount, OrderedAt, PaidAt, ShippedAt, DeliveredAt, AsOf, Source, grantNo)
        {
            Cases = new(
                DeliveryProblemAt, DeliveryProblem, OutOfStockAt, OutOfStockItem, OutOfStockReason, RefundRequestedAt, RefundReason, ComplaintClosedAt, ComplaintResult,
                StockLeft, OfferEndsOn),
        };
    }
}
