using System.Text.Json;
using Callback.Database;

namespace Callback.Planning;

/// <summary>What the planner writes: queued calls with their orders, candidates that wait, exits. Set-based, in the caller's transaction.</summary>
internal static class QueueWriter
{
    /// <summary>Puts calls into the queue.</summary>
    /// <returns>The ids that went in; a call is left out when the person has one in another's hands.</returns>
    public static async Task<IReadOnlySet<Guid>> InsertAsync(Session session, ShopId shop, Purpose purpose, IReadOnlyList<NewQueuedCall> calls, DateTimeOffset now, CancellationToken ct)
    {
        if (calls.Count == 0)
            return new HashSet<Guid>();
        var inserted = (await session.QueryAsync<Guid>(
            """
            insert into queued_calls (
                shop_id, queued_call_id, campaign_id, purpose, kind, phone_hash, zone_key, priority, why, due_at, planned_at, fresh_until, fence, skips)
            select @shop, c.id, c.campaign, @purpose, c.kind, c.phone, c.zone, c.priority, c.why::jsonb, c.due_at, @now, c.fresh_until, c.fence, c.skips
            from unnest(@ids, @campaigns, @kinds, @phones, @zones, @priorities, @whys, @dues, @freshUntils, @fences, @skips)
                as c (id, campaign, kind, phone, zone, priority, why, due_at, fresh_until, fence, skips)
            on conflict do nothing
            returning queued_call_id
            """,
            new
            {
                shop,
                purpose = purpose.ToString(),
                now,
                ids = calls.Select(call => call.Id).ToArray(),
                campaigns = calls.Select(call => call.Plan.Lead.Facts.Campaign.Campaign.CampaignId).ToArray(),
                kinds = calls.Select(call => call.Plan.Lead.Kind.ToString()).ToArray(),
                phones = calls.Select(call => call.Plan.Lead.Facts.PhoneKey!).ToArray(),
                zones = calls.Select(call => call.Plan.Zone.Value).ToArray(),
                priorities = calls.Select(call => call.Priority.Priority).ToArray(),
                whys = calls.Select(call => JsonSerializer.Serialize(call.Priority.Why)).ToArray(),
                dues = calls.Select(call => call.Plan.At).ToArray(),
                freshUntils = calls.Select(call => call.Plan.Orders.Min(order => order.ClosesAt)).ToArray(),
                fences = calls.Select(call => call.Fence).ToArray(),
                skips = calls.Select(call => call.Skips).ToArray(),
            },
            ct)).ToHashSet();
        await CountAsync(session, "queued_calls", inserted.Count, ct);
        await InsertOrdersAsync(session, shop, purpose, [.. calls.Where(call => inserted.Contains(call.Id))], ct);
        await CountAsync(session, "queued_call_orders", inserted.Count, ct);
        return inserted;
    }

    /// <summary>
    /// The queue empties with every window. When the statistics were taken then, PostgreSQL takes the filled table for empty and reads a whole shop for every
    /// foreign key it checks: measured 88,000 rows, over 4 minutes instead of seconds. So the first large batch has it counted again.
    /// </summary>
    private static async Task CountAsync(Session session, string table, int added, CancellationToken ct)
    {
        if (added < 200)
            return;
        var known = await session.QuerySingleAsync<float>("select reltuples from pg_class where oid = @table::regclass", new { table }, ct);
        if (known < added)
            await session.ExecuteAsync($"analyze {table}", null, ct);
    }

    private static Task<int> InsertOrdersAsync(Session session, ShopId shop, Purpose purpose, IReadOnlyList<NewQueuedCall> calls, CancellationToken ct)
    {
        var lines = calls.SelectMany(call => call.Plan.Orders, (call, order) => (call.Id, Order: order.Facts.OrderNo.Value, order.GrantNo)).ToList();
        return session.ExecuteAsync(
            """
            insert into queued_call_orders (shop_id, purpose, order_no, grant_no, queued_call_id)
            select @shop, @purpose, l.order_no, l.grant_no, l.id
            from unnest(@orders, @grants, @ids) as l (order_no, grant_no, id)
            """,
            new
            {
                shop,
                purpose = purpose.ToString(),
                orders = lines.Select(line => line.Order).ToArray(),
                grants = lines.Select(line => (short)line.GrantNo).ToArray(),
                ids = lines.Select(line => line.Id).ToArray(),
            },
            ct);
    }

    /// <summary>Leaves orders for a later look. Where an import asked for an earlier one meanwhile, that one stays.</summary>
    public static Task PostponeAsync(Session session, ShopId shop, Purpose purpose, IReadOnlyList<Postponed> orders, CancellationToken ct) =>
        orders.Count == 0 ? Task.CompletedTask : session.ExecuteAsync(
            """
            insert into candidates (shop_id, purpose, order_no, due_at, blocked_reason)
            select @shop, @purpose, c.order_no, c.due_at, c.reason
            from unnest(@orders, @dues, @reasons) as c (order_no, due_at, reason)
            order by c.order_no
            on conflict (shop_id, purpose, order_no) do update
            set due_at = least(candidates.due_at, excluded.due_at), blocked_reason = excluded.blocked_reason
            """,
            new
            {
                shop,
                purpose = purpose.ToString(),
                orders = orders.Select(order => order.OrderNo.Value).ToArray(),
                dues = orders.Select(order => order.DueAt).ToArray(),
                reasons = orders.Select(order => order.Reason?.ToString()).ToArray(),
            },
            ct);

    /// <summary>Takes calls that nobody holds out of the queue, to be planned anew in the same transaction.</summary>
    /// <returns>Those that are out now; a call that was taken up meanwhile is not among them.</returns>
    public static Task<IReadOnlyList<DissolvedCall>> DissolveAsync(Session session, ShopId shop, IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        session.QueryAsync<DissolvedCall>(
            """
            delete from queued_calls
            where shop_id = @shop and queued_call_id = any(@ids) and hold_id is null
            returning queued_call_id as id, campaign_id, fence, skips
            """,
            new { shop, ids = ids.ToArray() },
            ct);

    /// <summary>Writes down why calls left the queue.</summary>
    public static Task RecordExitsAsync(Session session, ShopId shop, Purpose purpose, IReadOnlyList<QueueExit> exits, DateTimeOffset now, CancellationToken ct) =>
        exits.Count == 0 ? Task.CompletedTask : session.ExecuteAsync(
            """
            insert into queue_exits (shop_id, queued_call_id, purpose, campaign_id, order_nos, reason, at)
            select @shop, e.id, @purpose, e.campaign, string_to_array(e.orders, chr(10)), e.reason, @now
            from unnest(@ids, @campaigns, @orders, @reasons) as e (id, campaign, orders, reason)
            """,
            new
            {
                shop,
                purpose = purpose.ToString(),
                now,
                ids = exits.Select(exit => exit.Id).ToArray(),
                campaigns = exits.Select(exit => exit.CampaignId).ToArray(),
                orders = exits.Select(exit => string.Join('\n', exit.Orders.Select(order => order.Value).Order(StringComparer.Ordinal))).ToArray(),
                reasons = exits.Select(exit => exit.Reason).ToArray(),
            },
            ct);

    /// <summary>Wakes the agents who wait, when this transaction commits.</summary>
    public static Task NotifyAsync(Session session, ShopId shop, CancellationToken ct) =>
        session.ExecuteAsync("select pg_notify('queue', @shop)", new { shop }, ct);
}

/// <param name="Fence">Goes on from the call it takes the place of, so that an old hold can never fit.</param>
internal sealed record NewQueuedCall(Guid Id, PersonCallPlan Plan, CallPriority Priority, long Fence, int Skips);

internal sealed record Postponed(OrderNo OrderNo, DateTimeOffset DueAt, BlockReason? Reason);

internal sealed record DissolvedCall(Guid Id, Guid CampaignId, long Fence, int Skips);

internal sealed record QueueExit(Guid Id, Guid CampaignId, IReadOnlyList<OrderNo> Orders, string Reason);
