using Callback.Accounts;

namespace Callback.Web.Components;

/// <summary>
/// The shop this request is about: <c>?shop=</c>, else the one chosen last (cookie), else the first of the actor's. It is found before the page runs,
/// so components read it without waiting: <c>@inject CurrentShop Shop</c>, then <c>Shop.Id</c>. An unknown shop is answered with 404.
/// </summary>
public sealed class CurrentShop
{
    public const string Cookie = "callback-shop";

    /// <summary>Every open shop of the actor, for the switcher.</summary>
    public IReadOnlyList<Shop> All { get; private set; } = [];

    /// <summary>Null for an administrator without a shop and for a stranger.</summary>
    public Shop? Info { get; private set; }

    /// <exception cref="ShopUnknownException">The actor has no shop at all; answered with 404.</exception>
    public ShopId Id => Info?.ShopId ?? throw new ShopUnknownException(new("-"));

    public bool IsOneOfSeveral => All.Count > 1;

    /// <summary>A link that stays in this shop, also when another tab shows another one.</summary>
    public string Link(string path) =>
        Info is { } shop && IsOneOfSeveral ? $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}shop={shop.ShopId}" : path;

    /// <exception cref="ShopUnknownException">The address asks for a shop that is not one of the actor's.</exception>
    internal async Task FindAsync(ShopQueries shops, Actor actor, string? asked, string? last, CancellationToken ct)
    {
        if (actor.Shops.Count == 0)
            return;
        All = [.. (await shops.MineAsync(actor, ct)).Where(shop => shop.ClosedAt is null).OrderBy(shop => shop.Name, StringComparer.CurrentCulture)];
        if (asked is { Length: > 0 })
            Info = All.FirstOrDefault(shop => shop.ShopId.Value == asked) ?? throw new ShopUnknownException(new(asked));
        else
            Info = All.FirstOrDefault(shop => shop.ShopId.Value == last) ?? (All.Count > 0 ? All[0] : null);
    }

    /// <summary>For component tests and passes without a request.</summary>
    internal void Use(params IReadOnlyList<Shop> shops)
    {
        All = shops;
        Info = shops[0];
    }
}
