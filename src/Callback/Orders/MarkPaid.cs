using Callback.Auditing;
using Callback.Database;

namespace Callback.Orders;

/// <summary>The desk's "already paid": the agent saw in the shop's back office that an unpaid order has been paid. Spends nothing.</summary>
public sealed class MarkPaid(Db db, TimeProvider time)
{
    public async Task<MarkPaidResult> RunAsync(Actor actor, ShopId shop, OrderNo orderNo, CancellationToken ct)
    {
        actor.Demand(Permission.TakeCalls, shop);
        await using var session = await db.BeginAsync(shop, ct);
        var result = await InAsync(session, actor, shop, orderNo, time.GetUtcNow(), ct);
        if (result is MarkPaidResult.Marked)
            await session.CommitAsync();
        return result;
    }

    /// <summary>The same within a caller's transaction, for one that closes the card too: call it before locking the queued call, and append audit rows only after it.</summary>
    public static async Task<MarkPaidResult> InAsync(Session session, Actor actor, ShopId shop, OrderNo orderNo, DateTimeOffset now, CancellationToken ct)
    {
        var status = await session.QuerySingleOrDefaultAsync<string>(
            """
            select status
            from orders
            where shop_id = @shop and order_no = @orderNo
            for no key update
            """,
            new { shop, orderNo },
            ct);
        if (status is null)
            return new MarkPaidResult.NoSuchOrder();
        if (status != nameof(OrderStatus.Unpaid))
            return new MarkPaidResult.NotUnpaid(Enum.Parse<OrderStatus>(status));
        await session.ExecuteAsync(
            """
            with marked as (
                update orders
                set status = 'Paid', paid_at = coalesce(paid_at, @now), as_of = greatest(as_of, @now), source = 'Desk', updated_at = @now
                where shop_id = @shop and order_no = @orderNo),
            told as (
                insert into order_events (shop_id, order_no, at, kind, details)
                values (@shop, @orderNo, @now, 'Paid', jsonb_build_object('from', 'Unpaid', 'to', 'Paid', 'source', 'Desk', 'actor', @actor::text)))
            delete from candidates
            where shop_id = @shop and purpose = 'PaymentReminder' and order_no = @orderNo
            """,
            new { shop, orderNo, now, actor = actor.Name },
            ct);
        await AuditTrail.AppendAsync(session, shop, actor, now, "order.marked-paid", $"order:{orderNo}", new { }, ct);
        return new MarkPaidResult.Marked();
    }
}

public abstract record MarkPaidResult
{
    private MarkPaidResult()
    {
    }

    public sealed record Marked : MarkPaidResult;

    /// <summary>Somebody else was first, or an import said so.</summary>
    public sealed record NotUnpaid(OrderStatus Status) : MarkPaidResult;

    public sealed record NoSuchOrder : MarkPaidResult;
}
