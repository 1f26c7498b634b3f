using System.Collections.Frozen;

namespace Callback.Accounts;

/// <summary>From roles and scopes to rights.</summary>
public static class ActorOf
{
    public static Actor User(UserWithRoles user) => new(
        user.User.UserId,
        user.User.Name,
        user.Memberships
            .GroupBy(membership => membership.Shop)
            .ToFrozenDictionary(shop => shop.Key, shop => shop.SelectMany(membership => Permissions.Of(membership.Role)).ToFrozenSet()),
        user.User.IsAdmin ? Permissions.Of(Role.Admin) : FrozenSet<Permission>.Empty);

    /// <summary>A session that is not through yet: known by name, allowed nothing.</summary>
    public static Actor Pending(User user) =>
        new(user.UserId, user.Name, FrozenDictionary<ShopId, FrozenSet<Permission>>.Empty, FrozenSet<Permission>.Empty);
}
