using Callback.Database;

namespace Callback.Accounts;

/// <summary>Reads of shops.</summary>
public sealed class ShopQueries(Db db)
{
    private const string PageSql =
        $"""
        select {Shop.Columns}
        from shops
        where shop_id > @after
        order by shop_id
        limit @limit
        """;

    private const string MineSql =
        $"""
        select {Shop.Columns}
        from shops
        where shop_id = any(@shops)
        order by shop_id
        """;

    /// <summary>All shops after a code; for the administrator.</summary>
    public async Task<IReadOnlyList<Shop>> PageAsync(Actor actor, string? after, int limit, CancellationToken ct)
    {
        actor.Demand(Permission.ManageShops);
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        return await session.QueryAsync<Shop>(PageSql, new { after = after ?? "", limit }, ct);
    }

    /// <summary>The actor's own shops, for the choice of the shop.</summary>
    public Task<IReadOnlyList<Shop>> MineAsync(Actor actor, CancellationToken ct) => ReadAsync(actor.Shops.Keys, ct);

    /// <exception cref="ShopUnknownException">There is no such shop, or it is not the actor's.</exception>
    public async Task<Shop> GetAsync(Actor actor, ShopId shop, CancellationToken ct)
    {
        if (!actor.Shops.ContainsKey(shop))
            actor.Demand(Permission.ManageShops, shop);
        return (await ReadAsync([shop], ct)).SingleOrDefault() ?? throw new ShopUnknownException(shop);
    }

    private async Task<IReadOnlyList<Shop>> ReadAsync(IEnumerable<ShopId> shops, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        return await session.QueryAsync<Shop>(MineSql, new { shops = shops.Select(shop => shop.Value).ToArray() }, ct);
    }
}
