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
    /// <summary>Customers in one request; few have two orders.</summary>
    private const int AtOnce = 400;

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

    /// <summary>Customers whose orders the program has been told of; the first ones of the plan.</summary>
    public int Known { get; private set; }

    /// <summary>The orders of the next customers over the API; needs a node.</summary>
    /// <param name="customers">How many; what is beyond the plan's end is left out.</param>
    /// <param name="limit">As long as it is tried.</param>
    /// <exception cref="TimeoutException">It was not acknowledged in time; what was so far counts.</exception>
    public async Task ImportAsync(Uri at, int customers, TimeSpan limit, CancellationToken ct = default)
    {
        using var http = Client(at, ShopKey, TimeSpan.FromSeconds(60));
        foreach (var batch in Plan.Customers.Skip(Known).Take(customers).Chunk(AtOnce))
        {
            var orders = batch.SelectMany(OrdersOf);
            await Wait.UntilAsync("the import", limit, async () => await TellAsync(http, orders, ct), ct);
            Known += batch.Length;
        }
    }

    /// <summary>A customer's orders as the shop tells of them, unpaid.</summary>
    public static IEnumerable<object> OrdersOf(Customer customer) => customer.Orders.Select(order => new
    {
        orderNo = order,
        status = "Unpaid",
        orderedAt = ShopPlan.Clock.AddHours(-2),
        amount = 88m,
        phone = customer.Number,
        buyerId = customer.Number,
        country = customer.Country,
        zone = customer.Zone,
    });

    /// <returns>False: it was not acknowledged.</returns>
    /// <exception cref="InvalidOperationException">It was refused for good.</exception>
    public static async Task<bool> TellAsync(HttpClient http, IEnumerable<object> orders, CancellationToken ct)
    {
        try
        {
            using var answer = await http.PutAsJsonAsync(new Uri($"/api/v1/shops/{ShopPlan.Shop}/orders", UriKind.Relative), new { orders }, ct);
            if (answer.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                throw new InvalidOperationException($"The import was refused: {await answer.Content.ReadAsStringAsync(ct)}");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (WireTrouble.Is(e) && !ct.IsCancellationRequested)
        {
            // Told again: the same orders once more change nothing.
            return false;
        }
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
