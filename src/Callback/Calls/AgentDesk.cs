namespace Callback.Calls;

/// <summary>One agent and the shops they take calls for: whose rows a question is about, in statements that ask for several agents at once.</summary>
internal sealed record AgentDesk(Guid Agent, IReadOnlyList<ShopId> Shops)
{
    /// <summary>A row source <c>d (place, shop_id, agent_id)</c>: each desk's shops, with the desk's place in the list. Its parameters are <see cref="Args"/>.</summary>
    public const string Sql = "unnest(@places, @shops, @agents) as d (place, shop_id, agent_id)";

    public static DeskArgs Args(IReadOnlyList<AgentDesk> desks) => new(
        [.. desks.SelectMany((desk, place) => desk.Shops.Select(_ => place))],
        [.. desks.SelectMany(desk => desk.Shops, (_, shop) => shop.Value)],
        [.. desks.SelectMany(desk => desk.Shops, (desk, _) => desk.Agent)]);
}

internal sealed record DeskArgs(int[] Places, string[] Shops, Guid[] Agents);
