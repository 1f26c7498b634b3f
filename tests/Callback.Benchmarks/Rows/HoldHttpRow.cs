using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Callback.Accounts;
using Callback.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Callback.Benchmarks.Rows;

/// <summary>
/// The same over HTTP with API keys: take the next card, give it back, so that the same agents can go on. Limit: pgbench claims and gives back.
/// </summary>
internal static class HoldHttpRow
{
    private static readonly string ClaimAndBack = HoldRow.Claim.Replace(";", " returning queued_call_id::text as call, shop_id as shop_id_held \\gset\n", StringComparison.Ordinal) + """
        update queued_calls set hold_id = null, held_by = null, held_at = null, held_until = null where shop_id = :shop_id_held and queued_call_id = :call::uuid;
        """;

    public static async Task<IReadOnlyList<Measured>> RunAsync(Stage stage, BenchOptions options)
    {
        await Shops.OrdersAsync(stage, options.Queued, options.Queued);
        await Shops.QueueAsync(stage, options.Queued);
        await using var app = Server.Build(stage.Ground, builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        var keys = await KeysAsync(stage, 256);
        List<double> bare64 = [], http64 = [], bare256 = [], http256 = [], p99 = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            bare64.Add(await stage.PgBench.RateAsync(ClaimAndBack, 64, options.Seconds));
            http64.Add((await LoadAsync(app, keys, 64, options.Seconds)).Rate);
            bare256.Add(await stage.PgBench.RateAsync(ClaimAndBack, 256, options.Seconds));
            var at256 = await LoadAsync(app, keys, 256, options.Seconds);
            http256.Add(at256.Rate);
            p99.Add(at256.P99);
            await HoldRow.ReleaseAllAsync(stage);
        }
        await app.StopAsync();
        Console.Error.WriteLine($"(hold-http: p99 of a take-and-give-back pair at 256 connections {Measured.Median(p99):0} ms)");
        return
        [
            Measured.AtLeast("hold + release, HTTP, 64 connections", bare64, http64, "pairs/s", 0.65),
            Measured.AtLeast("hold + release, HTTP, 256 connections", bare256, http256, "pairs/s", 0.65),
        ];
    }

    private static async Task<(double Rate, double P99)> LoadAsync(WebApplication app, string[] keys, int connections, int seconds)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = connections };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(app.Urls.Single()) };
        return await Load.RunAsync(connections, seconds, async worker =>
        {
            var key = new AuthenticationHeaderValue("Bearer", keys[worker]);
            using var next = new HttpRequestMessage(HttpMethod.Post, "/api/v1/desk/next") { Headers = { Authorization = key }, Content = JsonContent.Create(new { }) };
            using var card = await http.SendAsync(next);
            if (card.StatusCode != HttpStatusCode.OK)
                throw new InvalidOperationException($"desk/next answered {(int)card.StatusCode}: {await card.Content.ReadAsStringAsync()}");
            var hold = (await card.Content.ReadFromJsonAsync<Card>())!.HoldId;
            using var back = new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/desk/holds/{hold}") { Headers = { Authorization = key } };
            using var given = await http.SendAsync(back);
            given.EnsureSuccessStatusCode();
        });
    }

    private static async Task<string[]> KeysAsync(Stage stage, int count)
    {
        var keys = new string[count];
        for (var i = 0; i < count; i++)
        {
            var name = $"bench-{i}";
            await stage.Service<CreateUser>().RunAsync(Actor.System("bench"), new(name, null, false, [new(Shops.Of(i), Role.Agent)]), default);
            keys[i] = (await stage.Service<AddApiKey>().RunAsync(Actor.System("bench"), new(Shops.Of(i), "bench", [KeyScope.Desk], name, null), default)).Key;
        }
        return keys;
    }

    private sealed record Card(Guid HoldId);
}
