using Callback.Auditing;
using Callback.Database;
using Npgsql;

namespace Callback.Accounts;

/// <summary>Adds a shop, or changes one's settings.</summary>
public sealed class SaveShop(Db db, TimeProvider time)
{
    private const string InsertSql =
        """
        insert into shops (shop_id, name, zone, language, country, currency, policy, practice, created_at)
        values (@ShopId, @Name, @Zone, @Language, @Country, @Currency, @Policy, @Practice, @now)
        """;

    // Whether a shop is one of practice is settled when it is made: its customers are real or they are not.
    private const string UpdateSql =
        """
        update shops
        set name = @Name, zone = @Zone, language = @Language, country = @Country, currency = @Currency, policy = @Policy
        where shop_id = @ShopId
        """;

    /// <exception cref="InvalidInputException">A setting is not one, or the code is taken.</exception>
    public async Task AddAsync(Actor actor, Shop shop, CancellationToken ct)
    {
        actor.Demand(Permission.ManageShops);
        Check(shop);
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(shop.ShopId, ct);
        try
        {
            await session.ExecuteAsync(InsertSql, Row(shop, now), ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new InvalidInputException(Problem.Of("shop-code-taken", "code", ("code", shop.ShopId.Value)));
        }
        await AuditTrail.AppendAsync(session, shop.ShopId, actor, now, "shop.added", $"shop:{shop.ShopId}", Settings(shop), ct);
        await session.CommitAsync();
    }

    /// <exception cref="InvalidInputException">A setting is not one.</exception>
    /// <exception cref="ShopUnknownException">There is no such shop.</exception>
    public async Task ChangeAsync(Actor actor, Shop shop, CancellationToken ct)
    {
        actor.Demand(Permission.ManageShops);
        Check(shop);
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(shop.ShopId, ct);
        if (await session.ExecuteAsync(UpdateSql, Row(shop, now), ct) == 0)
            throw new ShopUnknownException(shop.ShopId);
        await AuditTrail.AppendAsync(session, shop.ShopId, actor, now, "shop.changed", $"shop:{shop.ShopId}", Settings(shop), ct);
        await session.CommitAsync();
    }

    private static void Check(Shop shop)
    {
        var problems = ShopPolicy.Problems(shop);
        if (problems.Count > 0)
            throw new InvalidInputException([.. problems]);
    }

    private static object Settings(Shop shop) => new { shop.Name, shop.Zone, shop.Language, shop.Country, shop.Currency, shop.Policy, shop.Practice };

    private static object Row(Shop shop, DateTimeOffset now) =>
        new { shop.ShopId, shop.Name, shop.Zone, shop.Language, shop.Country, shop.Currency, shop.Policy, shop.Practice, now };
}
