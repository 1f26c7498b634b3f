using System.Collections.Frozen;
using Callback.Database;

namespace Callback;

/// <summary>Who asks, and what they may do where. Every use case that people or keys can reach takes one.</summary>
/// <param name="UserId">The user, or null for a key without an agent and for the program itself.</param>
/// <param name="Name">As it stands in the audit.</param>
/// <param name="Shops">Permissions per shop; a shop that is not in it does not exist for this actor.</param>
/// <param name="Everywhere">Permissions that belong to no shop (an administrator's).</param>
public sealed record Actor(
    Guid? UserId,
    string Name,
    FrozenDictionary<ShopId, FrozenSet<Permission>> Shops,
    FrozenSet<Permission> Everywhere)
{
    /// <summary>The command line on the machine itself, and the program's own passes.</summary>
    public static Actor System(string name) =>
        new(null, name, FrozenDictionary<ShopId, FrozenSet<Permission>>.Empty, Enum.GetValues<Permission>().ToFrozenSet());

    public bool May(Permission permission, ShopId shop) =>
        Everywhere.Contains(permission) || (Shops.TryGetValue(shop, out var granted) && granted.Contains(permission));

    public bool May(Permission permission) => Everywhere.Contains(permission) || Shops.Values.Any(granted => granted.Contains(permission));

    /// <exception cref="ShopUnknownException">The shop is not one of the actor's: answered like a shop that does not exist (404).</exception>
    /// <exception cref="NotPermittedException">The actor's role in the shop does not allow it (403).</exception>
    public void Demand(Permission permission, ShopId shop)
    {
        if (May(permission, shop))
            return;
        if (!Shops.ContainsKey(shop))
            throw new ShopUnknownException(shop);
        throw new NotPermittedException(permission);
    }

    /// <exception cref="NotPermittedException">The actor may do this in no shop and not for the installation.</exception>
    public void Demand(Permission permission)
    {
        if (!Everywhere.Contains(permission))
            throw new NotPermittedException(permission);
    }

    /// <summary>The shops in which the actor may do this; a page that spans shops shows only these.</summary>
    public IReadOnlyList<ShopId> ShopsWhere(Permission permission) =>
        [.. Shops.Where(shop => shop.Value.Contains(permission)).Select(shop => shop.Key).OrderBy(shop => shop.Value, StringComparer.Ordinal)];

    /// <summary>The second wall: the shops whose rows the database lets this actor's transactions see.</summary>
    public ShopScope Scope => UserId is null && Shops.Count == 0 ? ShopScope.All : ShopScope.Of(Shops.Keys);
}

/// <summary>The shop does not exist, or not for this actor.</summary>
public sealed class ShopUnknownException(ShopId shop) : Exception($"There is no shop '{shop}'.")
{
    public ShopId Shop { get; } = shop;
}

/// <summary>The actor is known, and may not do this.</summary>
public sealed class NotPermittedException(Permission permission) : Exception($"This needs the permission {permission}.")
{
    public Permission Permission { get; } = permission;
}
