using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Actors;

/// <summary>The furnished shop: what an administrator and a scheduler did before the storm, with verbs and over the API; and the keys that they handed out.</summary>
/// <param name="Keys">Of the agents, in the order of their seats.</param>
/// <param name="ShopKey">For orders and suppressions.</param>
internal sealed record ShopFloor(ShopPlan Plan, IReadOnlyList<string> Keys, string ShopKey)
{
    private const int MostOrders = 500;

    /// <summary>Shop, campaign, caller id, agents and keys; needs no node.</summary>
    public static async Task<ShopFloor> FurnishAsync(Arena arena, ShopPlan plan)
    {
        await ShopConfig.WriteAsync(arena, plan);
        await arena.Phones.ScriptAsync(ShopConfig.Script);
        await arena.DemandVerbAsync("shop", "add", ShopPlan.Shop, "--zone", "Asia/Shanghai", "--policy", "storm", "--language", "en");
        await arena.DemandVerbAsync("line", "set", "--shop", ShopPlan.Shop, "--caller-id", FakePhoneNetwork.CallerId);
        await arena.DemandVerbAsync("campaign", "start", ShopConfig.Campaign, "--shop", ShopPlan.Shop);
        var shopKey = await KeyAsync(arena, "orders,suppressions", null);
        var keys = new string[plan.Agents.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, keys.Length), new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (seat, _) =>
        {
            var name = plan.Agents[seat].Name;
            await arena.DemandVerbAsync("user", "add", name, "--role", "agent", "--shop", ShopPlan.Shop);
            keys[seat] = await KeyAsync(arena, "desk", name);
        });
        return new(plan, keys, shopKey);
    }

    /// <summary>All orders over the API; needs a node.</summary>
    public async Task ImportAsync(Uri at, TimeSpan limit)
    {
        using var http = Client(at, ShopKey, TimeSpan.FromSeconds(60));
        var orderedAt = ShopPlan.Clock.AddHours(-2);
        var orders = Plan.Customers.SelectMany(customer => customer.Orders.Select(order => new
        {
            orderNo = order,
            status = "Unpaid",
            orderedAt,
            amount = 88m,
            phone = customer.Number,
            buyerId = customer.Number,
            country = customer.Country,
            zone = customer.Zone,
        }));
        foreach (var batch in orders.Chunk(MostOrders))
            await Wait.UntilAsync("the import", limit, async () =>
            {
                using var answer = await http.PutAsJsonAsync(new Uri($"/api/v1/shops/{ShopPlan.Shop}/orders", UriKind.Relative), new { orders = batch });
                if (answer.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                    throw new InvalidOperationException($"The import was refused: {await answer.Content.ReadAsStringAsync()}");
                return answer.IsSuccessStatusCode;
            });
    }

    public static HttpClient Client(Uri at, string key, TimeSpan timeout) => new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(5) })
    {
        BaseAddress = at,
        Timeout = timeout,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    private static async Task<string> KeyAsync(Arena arena, string scopes, string? agent)
    {
        string[] words = ["key", "add", "--shop", ShopPlan.Shop, "--scopes", scopes];
        return (await arena.DemandVerbAsync(agent is null ? words : [.. words, "--agent", agent])).GetProperty("key").GetString()!;
    }
}
