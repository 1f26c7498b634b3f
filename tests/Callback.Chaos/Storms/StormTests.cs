using System.Text.Json;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Storms;

/// <summary>T2, T6 and T12: the storms that must find nothing.</summary>
internal static class StormTests
{
    private const int MostCallsPerSecond = 40;

    public static IReadOnlyList<ChaosTest> All { get; } =
    [
        new("T2", "kills, database crashes, pauses, payers, a provider with all its answers", (options, ct) => RunAsync(Everything(options), options, ct)),
        new("T6", "trouble on the wires to database and provider", (options, ct) => RunAsync(Wires(options), options, ct)),
        new("T12", "nodes that stand still for 1 to 60 seconds", (options, ct) => RunAsync(Pauses(options), options, ct)),
    ];

    private static StormPlan Everything(ChaosOptions options) => Base(options, "T2", options.Long ? 20_000 : 2_000) is var plan ? plan with
    {
        Kills = options.Kills ?? (options.Long ? 200 : 20),
        Crashes = options.Crashes ?? (options.Long ? 100 : 5),
        KillEvery = TimeSpan.FromSeconds(options.Long ? 12 : 8),
        CrashEvery = TimeSpan.FromSeconds(options.Long ? 24 : 25),
        PauseEvery = TimeSpan.FromSeconds(12),
        Weather = StormPlan.Rough(options.Seed, plan.Arena),
    } : throw new InvalidOperationException();

    private static StormPlan Wires(ChaosOptions options) => Base(options, "T6", options.Long ? 3_000 : 500) is var plan ? plan with
    {
        Kills = options.Kills ?? 0,
        Crashes = options.Crashes ?? 0,
        NetworkEvery = TimeSpan.FromSeconds(4),
    } : throw new InvalidOperationException();

    private static StormPlan Pauses(ChaosOptions options) => Base(options, "T12", options.Long ? 3_000 : 500) is var plan ? plan with
    {
        Kills = options.Kills ?? 0,
        Crashes = options.Crashes ?? 0,
        PauseEvery = TimeSpan.FromSeconds(4),
        LongestPause = TimeSpan.FromSeconds(options.Long ? 60 : 15),
    } : throw new InvalidOperationException();

    /// <summary>By rings, or with <c>--seconds</c> alone by time.</summary>
    private static StormPlan Base(ChaosOptions options, string name, int rings) => new()
    {
        Name = name,
        Seed = options.Seed,
        Rings = options.Calls is not null ? 0 : options.Seconds is null ? rings : int.MaxValue,
        Calls = options.Calls ?? 0,
        Customers = options.Calls is null && options.Seconds is { } seconds ? seconds * MostCallsPerSecond : (options.Calls ?? rings) * 2 + 100,
        Limit = TimeSpan.FromSeconds(options.Seconds ?? (options.Long ? 7200 : 600)),
    };

    private static async Task<ChaosRow> RunAsync(StormPlan plan, ChaosOptions options, CancellationToken ct)
    {
        var run = RunFolder.Create(plan.Name, plan.Seed);
        Console.Error.WriteLine($"{plan.Name}: in {run.Root}");
        StormTable table;
        IReadOnlyList<string> faults;
        await using (var storm = await Storm.OpenAsync(plan, run, ct))
        {
            await storm.RageAsync(ct);
            (table, faults) = await storm.JudgeAsync();
            await File.WriteAllTextAsync(run.File("table.json"), JsonSerializer.Serialize(table), CancellationToken.None);
            await File.WriteAllLinesAsync(run.File("faults.txt"), faults, CancellationToken.None);
            Console.Error.WriteLine($"{plan.Name}: {storm.Refusals}");
        }
        if (options.Json)
            Console.WriteLine(JsonSerializer.Serialize(new { test = plan.Name, table, faults, folder = run.Root }, JsonSerializerOptions.Web));
        if (faults.Count == 0 && !options.Keep)
            run.Remove();
        return new(plan.Name, table.ToString(), faults.Count == 0 ? faults : [.. faults, $"everything is kept in {run.Root}"]);
    }
}
