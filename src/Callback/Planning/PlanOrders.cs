using Callback.Database;

namespace Callback.Planning;

/// <param name="CampaignId">The campaign that has to answer for it (a grant's, or the one it was queued by); null: any running one.</param>
internal sealed record OrderToPlan(OrderNo OrderNo, Guid? CampaignId = null);

/// <summary>
/// Plans some orders of one purpose: judges them, brings them together by person – with what the person has in the queue already – and writes the queue.
/// In the caller's transaction, which holds the shop's lease.
/// </summary>
internal sealed class PlanOrders(FactsReader reader)
{
    /// <summary>A call that an agent took up just now is looked at again after this long.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    public async Task<PlanCounts> RunAsync(
        Session session, IReadOnlyList<CampaignFacts> campaigns, IReadOnlyList<OrderToPlan> orders, DateTimeOffset now, CancellationToken ct)
    {
        if (orders.Count == 0 || campaigns.Count == 0)
            return PlanCounts.None;
        var board = new PlanBoard(campaigns, now);
        board.Ask(await reader.ReadAsync(session, campaigns[0], [.. orders.Select(order => order.OrderNo)], now, ct), orders);
        var queued = await LinkedAsync(session, board, ct);
        var missing = queued.Where(line => !board.Knows(line.OrderNo)).Select(line => new OrderToPlan(line.OrderNo, line.CampaignId)).ToList();
        if (missing.Count > 0)
            board.Add(await reader.ReadAsync(session, campaigns[0], [.. missing.Select(order => order.OrderNo)], now, ct), missing);
        return await WriteAsync(session, board, queued, ct);
    }

    private static async Task<PlanCounts> WriteAsync(Session session, PlanBoard board, IReadOnlyList<QueuedLine> queued, CancellationToken ct)
    {
        var lines = queued.ToLookup(line => line.QueuedCallId);
        var (free, held) = board.Persons(lines);
        var changed = free.Where(person => !board.Stands(person, lines)).ToList();
        var wanted = changed.SelectMany(person => person.Calls).ToList();
        var dissolved = wanted.Count == 0 ? [] : (await QueueWriter.DissolveAsync(session, board.Shop, wanted, ct)).ToDictionary(call => call.Id);
        var plan = board.Plan(changed, dissolved);
        foreach (var person in free.Except(changed))
            plan.Postpone(person.Waiting, board.Now + QueuePlan.BehindAnother);
        foreach (var person in held)
            plan.Postpone(person.Waiting, person.Calls.Max(call => lines[call].First().HeldUntil) ?? board.Now + Soon);
        var inserted = await QueueWriter.InsertAsync(session, board.Shop, board.Purpose, plan.Calls, board.Now, ct);
        foreach (var call in plan.Calls.Where(call => !inserted.Contains(call.Id)))
            plan.Postpone(call.Plan.Orders.Select(order => order.Facts.OrderNo), board.Now + Soon);
        await QueueWriter.PostponeAsync(session, board.Shop, board.Purpose, plan.Postponed, ct);
        await QueueWriter.RecordExitsAsync(session, board.Shop, board.Purpose, plan.Exits(queued, inserted), board.Now, ct);
        if (inserted.Count > 0)
            await QueueWriter.NotifyAsync(session, board.Shop, ct);
        return new(board.Looked, inserted.Count, plan.Postponed.Count, plan.Left);
    }

    /// <summary>The queued calls of the persons of callable orders, and of the orders themselves, with all their orders.</summary>
    private static Task<IReadOnlyList<QueuedLine>> LinkedAsync(Session session, PlanBoard board, CancellationToken ct) =>
        session.QueryAsync<QueuedLine>(
            """
            with persons as (
                select distinct key
                from unnest(@keys) as k (key)
            ), theirs as (
                select o.order_no
                from persons p
                cross join lateral (
                    select order_no
                    from orders
                    where shop_id = @shop and phone_hash = p.key
                    offset 0) o
                union
                select o.order_no
                from persons p
                cross join lateral (
                    select order_no
                    from orders
                    where shop_id = @shop and buyer_key = p.key
                    offset 0) o
            ), calls as (
                select l.queued_call_id
                from theirs t
                cross join lateral (
                    select queued_call_id
                    from queued_call_orders
                    where shop_id = @shop and purpose = @purpose and order_no = t.order_no
                    limit 1) l
                union
                select q.queued_call_id
                from persons p
                cross join lateral (
                    select queued_call_id
                    from queued_calls
                    where shop_id = @shop and purpose = @purpose and phone_hash = p.key
                    limit 1) q
                union
                select unnest(@own)
            )
            select c.queued_call_id, q.campaign_id, q.held_until, q.fresh_until, l.order_no, l.grant_no
            from calls c
            cross join lateral (
                select campaign_id, held_until, fresh_until
                from queued_calls
                where shop_id = @shop and queued_call_id = c.queued_call_id
                limit 1) q
            cross join lateral (
                select order_no, grant_no
                from queued_call_orders
                where shop_id = @shop and queued_call_id = c.queued_call_id
                offset 0) l
            """,
            new { shop = board.Shop, purpose = board.Purpose.ToString(), keys = board.CallableKeys(), own = board.QueuedCalls() },
            ct);
}

internal sealed record QueuedLine(Guid QueuedCallId, Guid CampaignId, DateTimeOffset? HeldUntil, DateTimeOffset FreshUntil, OrderNo OrderNo, short GrantNo);

/// <summary>What a piece of planning did.</summary>
/// <param name="Looked">Orders that were judged.</param>
/// <param name="Queued">Calls put into the queue, new or planned anew.</param>
/// <param name="Waiting">Orders left for a later look.</param>
/// <param name="Left">Orders that nothing can make callable any more.</param>
public sealed record PlanCounts(int Looked, int Queued, int Waiting, int Left)
{
    public static readonly PlanCounts None = new(0, 0, 0, 0);

    public static PlanCounts operator +(PlanCounts a, PlanCounts b) =>
        new(a.Looked + b.Looked, a.Queued + b.Queued, a.Waiting + b.Waiting, a.Left + b.Left);

    public static PlanCounts Add(PlanCounts left, PlanCounts right) => left + right;
}
