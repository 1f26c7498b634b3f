using Callback.Database;

namespace Callback.Calls;

/// <summary>A planned call that an agent holds.</summary>
internal sealed record QueuedCall
{
    public required ShopId ShopId { get; init; }

    public required Guid QueuedCallId { get; init; }

    public required Guid CampaignId { get; init; }

    public required Purpose Purpose { get; init; }

    public required CallKind Kind { get; init; }

    public required byte[] PhoneHash { get; init; }

    public required string ZoneKey { get; init; }

    public required long Fence { get; init; }

    public required Guid HoldId { get; init; }

    public required DateTimeOffset HeldUntil { get; init; }

    public required string[] OrderNos { get; init; }

    /// <summary>JSON: the figures behind its place in the queue.</summary>
    public required string Why { get; init; }

    public IReadOnlyList<OrderNo> Orders => [.. OrderNos.Select(OrderNo.Parse)];

    /// <summary>The columns of this record, of <c>queued_calls q</c>.</summary>
    internal const string Columns = """
        q.shop_id, q.queued_call_id, q.campaign_id, q.purpose, q.kind, q.phone_hash, q.zone_key, q.fence, q.hold_id, q.held_until, q.why::text as why,
            array(
                select o.order_no
                from queued_call_orders o
                where o.shop_id = q.shop_id and o.queued_call_id = q.queued_call_id
                order by o.order_no) as order_nos
        """;

    /// <summary>The call behind an agent's hold, not locked: what it is about may change until the gate has its locks.</summary>
    public static Task<QueuedCall?> PeekAsync(Session session, IEnumerable<ShopId> shops, Guid agent, Guid holdId, CancellationToken ct) =>
        session.QuerySingleOrDefaultAsync<QueuedCall>(
            $"""
            select {Columns}
            from queued_calls q
            where q.shop_id = any(@shops) and q.held_by = @agent and q.hold_id = @holdId
            """,
            new { shops = shops.Select(shop => shop.Value).ToArray(), agent, holdId },
            ct);

    /// <summary>The same call, locked, and only if agent, hold and fence are still the ones that were seen.</summary>
    public static Task<QueuedCall?> LockAsync(Session session, QueuedCall seen, Guid agent, CancellationToken ct) =>
        session.QuerySingleOrDefaultAsync<QueuedCall>(
            $"""
            select {Columns}
            from queued_calls q
            where q.shop_id = @ShopId and q.queued_call_id = @QueuedCallId and q.held_by = @agent and q.hold_id = @HoldId and q.fence = @Fence
            for update of q
            """,
            new { seen.ShopId, seen.QueuedCallId, seen.HoldId, seen.Fence, agent },
            ct);
}
