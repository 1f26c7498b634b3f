using Callback.Campaigns;
using Callback.Database;

namespace Callback.Planning;

/// <param name="At">Another moment than the present: a past one is judged by what was known then, a coming one by what is known now.</param>
public sealed record ExplainOrderInput(ShopId Shop, OrderNo OrderNo, DateTimeOffset? At = null);

/// <summary>Whether an order may be called, for each campaign of the shop.</summary>
/// <param name="At">The moment it is judged for.</param>
/// <param name="Status">At that moment.</param>
public sealed record OrderExplanation(OrderNo OrderNo, DateTimeOffset At, OrderStatus Status, DateTimeOffset AsOf, IReadOnlyList<CampaignExplanation> Campaigns);

/// <param name="Eligibility">The policy's answer for the moment itself, without looking ahead.</param>
/// <param name="Since">Since when it is so, where that is known.</param>
/// <param name="PlannedFor">Not callable at the moment only because of the hour: when it would be called if nothing else happens.</param>
/// <param name="Behind">When the window's hour is the answer: whatever else would block it when the window opens.</param>
/// <param name="Queued">Its place in the queue, if it stands there now.</param>
/// <param name="SpentAt">When its first right was spent.</param>
public sealed record CampaignExplanation(
    Guid CampaignId,
    string Code,
    string Name,
    Purpose Purpose,
    CampaignStatus Status,
    Eligibility Eligibility,
    DateTimeOffset? Since,
    DateTimeOffset? PlannedFor,
    Eligibility.Blocked? Behind,
    QueuePlace? Queued,
    DateTimeOffset? SpentAt);

/// <param name="Ahead">Calls of the campaign that come before it.</param>
/// <param name="HeldUntil">In an agent's hands until then; null: it waits.</param>
public sealed record QueuePlace(Guid QueuedCallId, double Priority, long Ahead, DateTimeOffset DueAt, DateTimeOffset FreshUntil, DateTimeOffset? HeldUntil, string Why);

/// <summary>Answers why an order is callable or not, since when, and what would change it – from the same facts and the same policy as planner and gate.</summary>
public sealed class ExplainOrder(Db db, TimeProvider time, CampaignFactsReader campaigns, FactsReader reader)
{
    /// <returns>Null: the shop has no such order.</returns>
    public async Task<OrderExplanation?> RunAsync(Actor actor, ExplainOrderInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ViewOrders, input.Shop);
        var now = time.GetUtcNow();
        var at = (input.At ?? now).ToUniversalTime();
        await using var session = await db.BeginAsync(input.Shop, ct);
        if (await session.QuerySingleOrDefaultAsync<OrderDates>(OrderDates.Sql, new { input.Shop, order = input.OrderNo.Value }, ct) is not { } order)
            return null;
        var explanations = new List<CampaignExplanation>();
        foreach (var campaign in await campaigns.ListAsync(session, input.Shop, at < now ? at : now, ct))
            if (campaign.Campaign.Status != CampaignStatus.Draft)
                explanations.Add(await ExplainAsync(session, campaign, input.OrderNo, order, at, now, ct));
        return new(input.OrderNo, at, order.StatusAt(at, now), order.AsOf, explanations);
    }

    private async Task<CampaignExplanation> ExplainAsync(
        Session session, CampaignFacts campaign, OrderNo orderNo, OrderDates order, DateTimeOffset at, DateTimeOffset now, CancellationToken ct)
    {
        var read = at < now ? await reader.ReplayAsync(session, campaign, [orderNo], at, ct) : await reader.ReadAsync(session, campaign, [orderNo], now, ct);
        var facts = read[0] with { Status = order.StatusAt(at, now) };
        var eligibility = EligibilityPolicy.Decide(facts, at);
        var (plan, behind) = LookAheadPolicy.Judge(facts, at);
        var waits = eligibility is Eligibility.Blocked { Reason: BlockReason.WindowClosed };
        return new(
            campaign.Campaign.CampaignId,
            campaign.Campaign.Code,
            campaign.Campaign.Settings.Name,
            campaign.Campaign.Purpose,
            campaign.Campaign.Status,
            eligibility,
            SincePolicy.Since(facts, eligibility, order.ChangedAt(facts.Status)),
            waits ? plan?.At : null,
            waits && behind is { Reason: not BlockReason.WindowClosed } ? behind : null,
            at < now || facts.QueuedCallId is null ? null : await PlaceAsync(session, campaign, facts.QueuedCallId.Value, ct),
            facts.SpentAt);
    }

    private static Task<QueuePlace?> PlaceAsync(Session session, CampaignFacts campaign, Guid queuedCall, CancellationToken ct) =>
        session.QuerySingleOrDefaultAsync<QueuePlace>(
            """
            select q.queued_call_id, q.priority, (
                    select count(*)
                    from queued_calls b
                    where b.shop_id = q.shop_id and b.campaign_id = q.campaign_id and b.hold_id is null and b.priority > q.priority) as ahead,
                q.due_at, q.fresh_until, q.held_until, q.why::text as why
            from queued_calls q
            where q.shop_id = @Shop and q.queued_call_id = @queuedCall and q.campaign_id = @CampaignId
            """,
            new { campaign.Campaign.Shop, queuedCall, campaign.Campaign.CampaignId },
            ct);
}

/// <summary>The moments of an order's life, to tell how it stood at a past one.</summary>
internal sealed record OrderDates(
    OrderStatus Status,
    DateTimeOffset OrderedAt,
    DateTimeOffset? PaidAt,
    DateTimeOffset? ShippedAt,
    DateTimeOffset? DeliveredAt,
    DateTimeOffset? ClosedAt,
    DateTimeOffset AsOf)
{
    public const string Sql = """
        select status, ordered_at, paid_at, shipped_at, delivered_at, closed_at, as_of
        from orders
        where shop_id = @Shop and order_no = @order
        """;

    /// <summary>Goes back from the present status over each step whose moment lies after <paramref name="at"/>; a step without a moment counts as long past.</summary>
    public OrderStatus StatusAt(DateTimeOffset at, DateTimeOffset now)
    {
        if (at >= now)
            return Status;
        var status = Status;
        if (status is OrderStatus.Closed or OrderStatus.Refunded && ClosedAt > at)
            status = DeliveredAt is not null ? OrderStatus.Delivered : ShippedAt is not null ? OrderStatus.Shipped : PaidAt is not null ? OrderStatus.Paid : OrderStatus.Unpaid;
        if (status == OrderStatus.Delivered && DeliveredAt > at)
            status = OrderStatus.Shipped;
        if (status == OrderStatus.Shipped && ShippedAt > at)
            status = OrderStatus.Paid;
        return status == OrderStatus.Paid && PaidAt > at ? OrderStatus.Unpaid : status;
    }

    public DateTimeOffset? ChangedAt(OrderStatus status) => status switch
    {
        OrderStatus.Paid => PaidAt,
        OrderStatus.Shipped => ShippedAt,
        OrderStatus.Delivered => DeliveredAt,
        OrderStatus.Closed or OrderStatus.Refunded => ClosedAt,
        _ => OrderedAt,
    };
}
