using System.Text.Json;
using Callback.Database;

namespace Callback.Orders;

/// <param name="Status">Only this status.</param>
/// <param name="OrderNo">Exactly this order.</param>
/// <param name="PersonKey">A person key of a phone or of a buyer id: see <see cref="FindPerson"/>.</param>
public sealed record OrderFilter(OrderStatus? Status = null, OrderNo? OrderNo = null, byte[]? PersonKey = null);

/// <summary>Where a list goes on: behind this order.</summary>
public readonly record struct OrderCursor(DateTimeOffset OrderedAt, OrderNo OrderNo);

/// <param name="Next">Cursor of the next page, or null at the end.</param>
public sealed record OrderPage(IReadOnlyList<Order> Orders, OrderCursor? Next);

/// <summary>Reads orders. Phones are not in what is read; only their last four digits are.</summary>
public sealed class OrderQueries(Db db)
{
    private const string Columns =
        """
        shop_id, order_no, status, buyer_id, buyer_name, phone_kind, phone_last4, phone_region, phone_expires_at, zone, country, region, city, postcode,
        amount, currency, refunded_amount, items::text as items, buyer_note, seller_note, courier, tracking_no, close_reason,
        ordered_at, paid_at, shipped_at, delivered_at, closed_at,
        delivery_problem_at, delivery_problem, out_of_stock_at, out_of_stock_item, out_of_stock_reason, refund_requested_at, refund_reason,
        complaint_closed_at, complaint_result, stock_left, offer_ends_on, as_of, source, created_at, updated_at
        """;

    private sealed record Row(
        ShopId ShopId, string OrderNo, OrderStatus Status, string? BuyerId, string? BuyerName, PhoneKind PhoneKind, string? PhoneLast4, string? PhoneRegion,
        DateTimeOffset? PhoneExpiresAt, string? Zone, string? Country, string? Region, string? City, string? Postcode, decimal Amount, string Currency, decimal RefundedAmount,
        string Items, string? BuyerNote, string? SellerNote, string? Courier, string? TrackingNo, string? CloseReason, DateTimeOffset OrderedAt, DateTimeOffset? PaidAt,
        DateTimeOffset? ShippedAt, DateTimeOffset? DeliveredAt, DateTimeOffset? ClosedAt,
        DateTimeOffset? DeliveryProblemAt, string? DeliveryProblem, DateTimeOffset? OutOfStockAt, string? OutOfStockItem, string? OutOfStockReason,
        DateTimeOffset? RefundRequestedAt, string? RefundReason, DateTimeOffset? ComplaintClosedAt, string? ComplaintResult, int? StockLeft, DateOnly? OfferEndsOn,
        DateTimeOffset AsOf, OrderSource Source, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        public Order Order() => new(
            ShopId, Callback.OrderNo.Parse(OrderNo), Status, BuyerId, BuyerName, PhoneKind, PhoneLast4, PhoneRegion, PhoneExpiresAt, Zone, Country, Region, City, Postcode,
            new(Amount, Currency), new(RefundedAmount, Currency), JsonSerializer.Deserialize<List<OrderItem>>(Items, JsonSerializerOptions.Web) ?? [], BuyerNote, SellerNote,
            Courier, TrackingNo, CloseReason, OrderedAt, PaidAt, ShippedAt, DeliveredAt, ClosedAt,
            new(DeliveryProblemAt, DeliveryProblem, OutOfStockAt, OutOfStockItem, OutOfStockReason, RefundRequestedAt, RefundReason, ComplaintClosedAt, ComplaintResult, StockLeft, OfferEndsOn),
            AsOf, Source, CreatedAt, UpdatedAt);
    }

    public async Task<Order?> FindAsync(Actor actor, ShopId shop, OrderNo orderNo, CancellationToken ct)
    {
        actor.Demand(Permission.ViewOrders, shop);
        await using var session = await db.BeginAsync(shop, ct);
        return (await ReadAsync(session, shop, [orderNo], ct)).SingleOrDefault();
    }

    /// <summary>For slices that have decided by themselves that these orders may be seen: an agent's card shows its orders. Oldest first.</summary>
    public static async Task<IReadOnlyList<Order>> ReadAsync(Session session, ShopId shop, IEnumerable<OrderNo> orderNos, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Row>(
            $"""
            select {Columns}
            from orders
            where shop_id = @shop and order_no = any (@orderNos)
            order by ordered_at, order_no
            """,
            new { shop, orderNos = orderNos.Select(orderNo => orderNo.Value).ToArray() },
            ct);
        return [.. rows.Select(row => row.Order())];
    }

    /// <summary>Newest first.</summary>
    /// <param name="limit">1–200.</param>
    public async Task<OrderPage> ListAsync(Actor actor, ShopId shop, OrderFilter filter, OrderCursor? after, int limit, CancellationToken ct)
    {
        actor.Demand(Permission.ViewOrders, shop);
        limit = Math.Clamp(limit, 1, 200);
        await using var session = await db.BeginAsync(shop, ct);
        var rows = await session.QueryAsync<Row>(
            $"""
            select {Columns}
            from orders
            where shop_id = @shop
                and (@status::text is null or status = @status)
                and (@orderNo::text is null or order_no = @orderNo)
                and (@personKey::bytea is null or phone_hash = @personKey or buyer_key = @personKey)
                and (@afterAt::timestamptz is null or ordered_at <= @afterAt and (ordered_at < @afterAt or order_no > @afterNo))
            order by ordered_at desc, order_no
            limit @limit + 1
            """,
            new
            {
                shop,
                status = filter.Status?.ToString(),
                orderNo = filter.OrderNo?.Value,
                personKey = filter.PersonKey,
                afterAt = after?.OrderedAt,
                afterNo = after?.OrderNo.Value,
                limit,
            },
            ct);
        var orders = rows.Take(limit).Select(row => row.Order()).ToList();
        return new(orders, rows.Count > limit ? new(orders[^1].OrderedAt, orders[^1].OrderNo) : null);
    }
}
