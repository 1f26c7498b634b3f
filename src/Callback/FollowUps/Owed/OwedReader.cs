using Callback.Compensation;
using Callback.Database;

namespace Callback.FollowUps.Owed;

/// <summary>Reads what <see cref="OwedPolicy"/> decides on.</summary>
public sealed class OwedReader(PromiseBook book)
{
    private const string Orders = """
        select order_no, status, amount, refunded_amount as refunded, currency, paid_at, shipped_at, delivered_at, closed_at
        from orders
        where shop_id = @shop
            and order_no = any(@orderNos)
        order by ordered_at desc, order_no
        """;

    // What other calls gave; a task that was dropped or declined gave nothing.
    private const string Given = """
        select order_no, kind, promise, amount, currency, decided_by is null and state <> 'Waiting' as alone
        from follow_up_tasks
        where shop_id = @shop
            and order_no = any(@orderNos)
            and state not in ('Dropped', 'Declined')
            and attempt_id is distinct from @attempt
        """;

    /// <param name="session">The transaction to read in.</param>
    /// <param name="shop">The card's shop.</param>
    /// <param name="campaign">The card's campaign: its limit may be its own.</param>
    /// <param name="orderNos">The card's orders.</param>
    /// <param name="attempt">The call itself, whose own tasks do not count against it.</param>
    /// <param name="manager">Whether a manager gives.</param>
    /// <param name="now">The moment of the claim.</param>
    /// <param name="ct">Cancels the reading.</param>
    internal async Task<OwedFacts> ReadAsync(
        Session session, ShopId shop, Guid campaign, string[] orderNos, Guid? attempt, bool manager, DateTimeOffset now, CancellationToken ct)
    {
        var args = new { shop, campaign, orderNos, attempt };
        var (zone, facts, code) = await session.QuerySingleAsync<(string, string, string)>(
            """
            select s.zone, s.facts::text, c.code
            from shops s
            join campaigns c on c.shop_id = s.shop_id and c.campaign_id = @campaign
            where s.shop_id = @shop
            """,
            args,
            ct);
        var orders = await session.QueryAsync<OrderRow>(Orders, args, ct);
        var given = await session.QueryAsync<GivenRow>(Given, args, ct);
        var currency = orders.Count > 0 ? orders[0].Currency : "";
        return new(
            ShopPromises.Of(book, facts),
            book.Costs,
            [.. orders.Select(order => order.ToMoney([.. given.Where(row => row.OrderNo == order.OrderNo)]))],
            GrantLimitPolicy.Of(book.Limits, manager ? GrantRole.Manager : GrantRole.Agent, shop.Value, code, currency),
            given.Where(row => row.Alone && row.Currency == currency).Sum(row => row.Amount ?? 0),
            zone,
            now);
    }

    private sealed class OrderRow
    {
        public string OrderNo { get; init; } = "";
        public OrderStatus Status { get; init; }
        public decimal Amount { get; init; }
        public decimal Refunded { get; init; }
        public string Currency { get; init; } = "";
        public DateTimeOffset? PaidAt { get; init; }
        public DateTimeOffset? ShippedAt { get; init; }
        public DateTimeOffset? DeliveredAt { get; init; }
        public DateTimeOffset? ClosedAt { get; init; }

        public OrderMoney ToMoney(IReadOnlyList<GivenRow> given) => new(
            OrderNo, Status, Amount, Refunded, Currency, PaidAt, ShippedAt, DeliveredAt, ClosedAt,
            [.. given.Where(row => row.Promise is not null).Select(row => Enum.Parse<PromiseKind>(row.Promise!))],
            given.Count(row => row.Promise == nameof(PromiseKind.DamagedInTransit)));
    }

    private sealed class GivenRow
    {
        public string OrderNo { get; init; } = "";
        public string Kind { get; init; } = "";
        public string? Promise { get; init; }
        public decimal? Amount { get; init; }
        public string? Currency { get; init; }
        public bool Alone { get; init; }
    }
}
