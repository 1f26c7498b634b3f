using Callback.Database;

namespace Callback.Orders;

/// <summary>What an order takes from its shop where the source does not tell it.</summary>
internal sealed record ShopFacts(string Zone, string Country, string Currency)
{
    /// <exception cref="ShopUnknownException">There is no such shop, or it is closed.</exception>
    public static async Task<ShopFacts> OfAsync(Session session, ShopId shop, CancellationToken ct) =>
        await session.QuerySingleOrDefaultAsync<ShopFacts>(
            """
            select zone, country, currency
            from shops
            where shop_id = @shop and closed_at is null
            """,
            new { shop },
            ct) ?? throw new ShopUnknownException(shop);
}
