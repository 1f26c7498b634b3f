using System.Globalization;
using System.Text.Json;
using Callback.Chaos.Actors;
using Callback.Chaos.Ground;
using Callback.Chaos.Storms;

namespace Callback.Chaos.Ha;

/// <summary>T4 and T5: a database that fails over, and one that is put back.</summary>
internal static class HaTests
{
    private static readonly TimeSpan DialingAgain = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<ChaosTest> All { get; } =
    [
        new("T4", "Patroni with a synchronous standby: leader kills, frozen agents, hand-overs, etcd away", FailOverAsync),
        new("T5", "an old backup put over the running system, as a new timeline and as a cold copy", RestoreTest.RunAsync),
    ];

    public static StormPlan Plan(string name, ChaosOptions options, int customers) => new()
    {
        Name = name,
        Seed = options.Seed,
        Rings = int.MaxValue,
        Customers = options.Calls ?? customers,
        Agents = 8,
        Nodes = 2,
        Edges = false,
        Limit = TimeSpan.FromHours(2),
        Arena = new(Clock: ShopPlan.Clock),
    };

    private static async Task<ChaosRow> FailOverAsync(ChaosOptions options, CancellationToken ct)
    {
        var kills = options.Kills ?? (options.Long ? 20 : 2);
        var handOvers = options.Long ? 5 : 1;
        var etcdDown = TimeSpan.FromSeconds(options.Long ? 60 : 20);
        var plan = Plan("T4", options, 1_000 * (kills + handOvers + 2)) with { Database = HaCluster.StartAsync };
        var run = RunFolder.Create(plan.Name, plan.Seed);
        Console.Error.WriteLine($"T4: in {run.Root}");
        List<string> faults;
        string figure;
        await using (var storm = await Storm.OpenAsync(plan, run, ct))
        {
            var takeovers = new Takeovers(storm, (HaCluster)storm.Arena.Database, new Dice(options.Seed).For("takeovers"));
            await storm.WorkThroughAsync(() => takeovers.RunAsync(kills, handOvers, etcdDown), ct);
            var (table, found) = await storm.JudgeAsync();
            faults = [.. takeovers.Faults, .. found, .. takeovers.Done.Where(late => late.Recovery > DialingAgain).Select(Late)];
            figure = Figure(takeovers.Done, table);
            await File.WriteAllTextAsync(run.File("takeovers.json"), JsonSerializer.Serialize(takeovers.Done), CancellationToken.None);
            await File.WriteAllLinesAsync(run.File("faults.txt"), faults, CancellationToken.None);
            Console.Error.WriteLine($"T4: {storm.Refusals}");
        }
        return Ended("T4", figure, faults, run, options);
    }

    public static ChaosRow Ended(string name, string figure, List<string> faults, RunFolder run, ChaosOptions options)
    {
        if (faults.Count == 0 && !options.Keep)
            run.Remove();
        else
            faults.Add($"everything is kept in {run.Root}");
        return new(name, figure, faults.Count == 1 && options.Keep ? [] : faults);
    }

    private static string Late(Takeover late) => string.Create(CultureInfo.InvariantCulture,
        $"{late.What} at {late.Struck:O}: dialing again {late.Recovery.TotalSeconds:0.0} s after the promotion (adopted after {(late.Adopted - late.Promoted).TotalSeconds:0.0} s)");

    private static string Figure(IReadOnlyList<Takeover> done, StormTable table)
    {
        var kinds = string.Join(", ", done.GroupBy(one => one.What).Select(kind => string.Create(CultureInfo.InvariantCulture,
            $"{kind.Count()} {kind.Key} (a leader after {kind.Max(one => (one.Promoted - one.Struck).TotalSeconds):0.0} s, dialing {kind.Max(one => one.Recovery.TotalSeconds):0.0} s later, at the longest)")));
        return $"{kinds}; {table}";
    }
}
