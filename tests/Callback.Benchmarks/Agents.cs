using System.Collections.Frozen;

namespace Callback.Benchmarks;

/// <summary>As many agents as a load needs, each of one shop.</summary>
internal static class Agents
{
    /// <summary>A new agent of the shop; not a row of users, which the calls need not look up.</summary>
    public static Actor Of(ShopId shop, TimeProvider time) => new(
        Ids.New(time), "bench", new Dictionary<ShopId, FrozenSet<Permission>> { [shop] = Permissions.Of(Role.Agent) }.ToFrozenDictionary(), []);

    public static Actor Manager(ShopId shop, TimeProvider time) => new(
        Ids.New(time), "bench", new Dictionary<ShopId, FrozenSet<Permission>> { [shop] = Permissions.Of(Role.Manager) }.ToFrozenDictionary(), []);
}
