using Callback.Database;

namespace Callback.Receivers;

/// <summary>The receivers of all shops, and what was sent to one.</summary>
public sealed class ListReceivers(Db db)
{
    private const string Figures = """
        left join lateral (
            select count(*) filter (where d.next_at is not null)::integer as waiting, max(d.delivered_at) as delivered_at
            from deliveries d
            where d.shop_id = r.shop_id and d.receiver_id = r.receiver_id) f on true
        left join lateral (
            select d.answer
            from deliveries d
            where d.shop_id = r.shop_id and d.receiver_id = r.receiver_id and d.answer is not null
            order by d.event_id desc
            limit 1) n on true
        """;

    /// <summary>The newest first, those before a receiver's id.</summary>
    public async Task<IReadOnlyList<Receiver>> PageAsync(Actor actor, ShopId? shop, Guid? beforeId, int limit, CancellationToken ct)
    {
        Demand(actor, shop);
        await using var session = await db.BeginAsync(shop is { } one ? ShopScope.Of(one) : ShopScope.All, ct);
        return await session.QueryAsync<Receiver>(
            $"""
            select {Receiver.Columns}, coalesce(f.waiting, 0) as waiting, f.delivered_at, n.answer
            from receivers r
            {Figures}
            where (@shop is null or r.shop_id = @shop) and (@beforeId is null or r.receiver_id < @beforeId)
            order by r.receiver_id desc
            limit @limit
            """,
            new { shop = shop?.Value, beforeId, limit = Math.Clamp(limit, 1, 200) },
            ct);
    }

    /// <returns>Null: there is no such receiver.</returns>
    public async Task<Receiver?> FindAsync(Actor actor, ShopId shop, Guid receiverId, CancellationToken ct)
    {
        Demand(actor, shop);
        await using var session = await db.BeginAsync(shop, ct);
        return await session.QuerySingleOrDefaultAsync<Receiver>(
            $"""
            select {Receiver.Columns}, coalesce(f.waiting, 0) as waiting, f.delivered_at, n.answer
            from receivers r
            {Figures}
            where r.shop_id = @shop and r.receiver_id = @receiverId
            """,
            new { shop, receiverId },
            ct);
    }

    /// <summary>What was sent to it, the newest first, those before an event's id.</summary>
    public async Task<IReadOnlyList<Delivery>> DeliveriesAsync(Actor actor, ShopId shop, Guid receiverId, Guid? beforeId, int limit, CancellationToken ct)
    {
        Demand(actor, shop);
        await using var session = await db.BeginAsync(shop, ct);
        return await session.QueryAsync<Delivery>(
            """
            select d.event_id, o.kind, o.at, d.tries::integer as tries, d.next_at, d.delivered_at, d.given_up_at, d.answer
            from deliveries d
            join outbox o on o.shop_id = d.shop_id and o.event_id = d.event_id
            where d.shop_id = @shop and d.receiver_id = @receiverId and (@beforeId is null or d.event_id < @beforeId)
            order by d.event_id desc
            limit @limit
            """,
            new { shop, receiverId, beforeId, limit = Math.Clamp(limit, 1, 200) },
            ct);
    }

    private static void Demand(Actor actor, ShopId? shop)
    {
        if (shop is { } one)
            actor.Demand(Permission.ManageKeys, one);
        else
            actor.Demand(Permission.ManageKeys);
    }
}
