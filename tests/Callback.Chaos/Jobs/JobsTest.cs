using System.Diagnostics;
using System.Globalization;
using Callback.Chaos.Ground;
using Callback.Database.PersonalData;
using Npgsql;

namespace Callback.Chaos.Jobs;

/// <summary>T13: three nodes with skewed clocks share the passes; each is fired three times at once, nodes are killed, all stand still and miss ten minutes. The end is that of one firing.</summary>
internal static class JobsTest
{
    /// <summary>Debian's package faketime; without it the clocks are left alone, and the row says so.</summary>
    private static readonly string? Faketime = Directory.GetDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketime.so.1")).FirstOrDefault(File.Exists);

    /// <summary>Inside what the program allows itself: a node that is two seconds off refuses to dial.</summary>
    private static readonly double[] Skews = [0, 1.5, -1.5];

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromMinutes(3);

    public static ChaosTest Test { get; } = new("T13", "three nodes' scheduler: skewed clocks, kills, a misfire, triggers fired thrice: the same end, no pass lost", RunAsync);

    private static async Task<ChaosRow> RunAsync(ChaosOptions options, CancellationToken ct)
    {
        var run = RunFolder.Create("T13", options.Seed);
        var row = await RunAsync(run, options.Long ? 6 : 2, ct);
        if (row.Passed && !options.Keep)
            run.Remove();
        return row;
    }

    /// <param name="rounds">Thrice fired and one node killed, and missed, in turns; one backlog each.</param>
    private static async Task<ChaosRow> RunAsync(RunFolder run, int rounds, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        await using var arena = await Arena.OpenAsync(run, new ArenaPlan(Squeeze: 5));
        await using var once = await Passes.OpenAsync(arena.Cluster, "once", 1, arena.Keyring);
        await using var thrice = await Passes.OpenAsync(arena.Cluster, "thrice", 3, arena.Keyring);
        var nodes = Skews.Select(skew => arena.StartNode(Skewed(skew))).ToList();
        foreach (var node in nodes)
            await node.ReadyAsync(StartLimit, ct);
        await using var writer = Stage.Join(arena.Cluster.ConnectionString(), Keyring.Parse(arena.Keyring));
        await Backlog.FurnishAsync(writer);
        var faults = new List<string>();
        for (var round = 0; round < rounds; round++)
        {
            var part = new Backlog(round);
            var expected = await once.RunAsync(part);
            if (Differing(expected, await thrice.RunAsync(part)) is { } apart)
                faults.Add($"part {round}, each pass by three nodes at the same moment: {apart}");
            await (round % 2 == 0 ? ThriceAndKilledAsync(arena, nodes, writer, part, ct) : MissedAsync(arena, nodes, writer, part));
            var seen = "";
            try
            {
                await Wait.UntilAsync($"the end of part {round}", SettleLimit, async () => (seen = await Backlog.StateAsync(writer)) == expected && await Triggers.LeftAsync(arena.Cluster) == 0, TimeSpan.FromSeconds(1), ct);
                // Whatever comes twice comes within the longest of the passes' periods that matter.
                await Wait.ForAsync(TimeSpan.FromSeconds(15), ct);
                seen = await Backlog.StateAsync(writer);
            }
            catch (TimeoutException e)
            {
                faults.Add(e.Message);
            }
            if (Differing(expected, seen) is { } other)
                faults.Add($"part {round}, {(round % 2 == 0 ? "fired thrice, a node killed" : "ten minutes missed")}: {other}");
            Console.Error.WriteLine($"  part {round}: {expected.Split('\n').Length} rows {(expected == seen ? "as after one firing" : "DIFFER")} ({clock.Elapsed.TotalSeconds:0} s)");
        }
        return new("T13", string.Create(
            CultureInfo.InvariantCulture,
            $"{rounds} backlogs on {Skews.Length} nodes{(Faketime is not null ? ", clocks 1.5 s ahead and behind" : ", clocks NOT skewed (package faketime is missing)")}: {(rounds + 1) / 2} × fired thrice and a node killed, {rounds / 2} × ten minutes missed; {faults.Count} ends other than that of one firing, {clock.Elapsed.TotalSeconds:0} s"),
            faults);
    }

    private static async Task ThriceAndKilledAsync(Arena arena, List<Node> nodes, Stage writer, Backlog part, CancellationToken ct)
    {
        await part.WriteAsync(writer);
        await Triggers.FireThriceAsync(arena.Cluster, part.Part);
        await Wait.ForAsync(TimeSpan.FromMilliseconds(300), ct);
        var victim = nodes[part.Part / 2 % nodes.Count];
        var place = nodes.IndexOf(victim);
        await arena.RemoveAsync(victim);
        nodes[place] = arena.StartNode(Skewed(Skews[place]));
    }

    private static async Task MissedAsync(Arena arena, List<Node> nodes, Stage writer, Backlog part)
    {
        foreach (var node in nodes)
            await node.ReadyAsync(StartLimit);
        for (var tries = 0; ; tries++)
        {
            nodes.ForEach(node => node.Pause());
            try
            {
                await Triggers.MisfireAsync(arena.Cluster);
                await part.WriteAsync(writer);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable && tries < 20)
            {
                // One of them stands still with the scheduler's lock in its hands: let it put that down.
            }
            finally
            {
                nodes.ForEach(node => node.Resume());
            }
        }
    }

    private static Dictionary<string, string> Skewed(double seconds) => seconds == 0 || Faketime is null ? [] : new()
    {
        ["LD_PRELOAD"] = Faketime,
        ["FAKETIME"] = string.Create(CultureInfo.InvariantCulture, $"{seconds:+0.0;-0.0}"),
        ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["FAKETIME_DISABLE_SHM"] = "1",
    };

    private static string? Differing(string expected, string seen)
    {
        var (one, other) = (expected.Split('\n'), seen.Split('\n'));
        return expected == seen ? null : $"missing: {string.Join("; ", one.Except(other).Take(5))} · too many: {string.Join("; ", other.Except(one).Take(5))} · {one.Length} rows against {other.Length}";
    }
}
