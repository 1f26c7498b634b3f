using Callback.Database;

namespace Callback.Web.Components;

/// <summary>A shop as the screens name it.</summary>
public sealed record ShopInfo(ShopId ShopId, string Name, string Zone, string Language, string Currency, bool Practice);

/// <summary>
/// The shop this request is about: <c>?shop=</c>, else the one chosen last (cookie), else the first of the actor's. It is found before the page runs,
/// so components read it without waiting: <c>@inject CurrentShop Shop</c>, then <c>Shop.Id</c>. An unknown shop is answered with 404.
/// </summary>
public sealed class CurrentShop
{
    public const string Cookie = "callback-shop";

    /// <summary>Every open shop of the actor, for the switcher.</summary>
    public IReadOnlyList<ShopInfo> All { get; private set; } = [];

    /// <summary>Null for an administrator without a shop and for a stranger.</summary>
    public ShopInfo? Info { get; private set; }

    /// <exception cref="ShopUnknownException">The actor has no shop at all; answered with 404.</exception>
    public ShopId Id => Info?.ShopId ?? throw new ShopUnknownException(new("-"));

    public bool IsOneOfSeveral => All.Count > 1;

    /// <summary>A link that stays in this shop, also when another tab shows another one.</summary>
    public string Link(string path) =>
        Info is { } shop && IsOneOfSeveral ? $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}shop={shop.ShopId}" : path;

    /// <exception cref="ShopUnknownException">The address asks for a shop that is not one of the actor's.</exception>
    internal async Task FindAsync(Db db, Actor actor, string? asked, string? last, CancellationToken ct)
    {
        if (actor.Shops.Count == 0)
            return;
        All = await ReadAsync(db, actor, ct);
        if (asked is { Length: > 0 })
            Info = All.FirstOrDefault(shop => shop.ShopId.Value == asked) ?? throw new ShopUnknownException(new(asked));
        else
            Info = All.FirstOrDefault(shop => shop.ShopId.Value == last) ?? (All.Count > 0 ? All[0] : null);
    }

    /// <summary>For component tests and passes without a request.</summary>
    internal void Use(params IReadOnlyList<ShopInfo> shops)
    {
        All = shops;
        Info = shops[0];
    }

    private static async Task<IReadOnlyList<ShopInfo>> ReadAsync(Db db, Actor actor, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(actor.Scope, ct);
        return await session.QueryAsync<ShopInfo>(
            """
            select shop_id, name, zone, language, currency, practice
            from shops
            where shop_id = any (@shops)
              and closed_at is null
            order by name, shop_id
            """,
            new { shops = actor.Shops.Keys.Select(shop => shop.Value).ToArray() },
            ct);
    }
}
