using System.Diagnostics;
using System.Globalization;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Points;

/// <summary>T3: a node dies at every line that matters.</summary>
internal static class PointsTest
{
    private const int ShortCases = 8;

    public static ChaosTest Test { get; } = new("T3", "a node killed at every crash point × three behaviours of the provider ends as the protocol's crash list says", RunAsync);

    private static async Task<ChaosRow> RunAsync(ChaosOptions options, CancellationToken ct)
    {
        var all = PointPlan.All();
        var lanes = Math.Max(2, Environment.ProcessorCount);
        var cases = (options.Long ? all : Drawn(all, options.Seed)).Select((one, number) => (number, one)).ToList();
        var clock = Stopwatch.StartNew();
        var reached = 0;
        var faults = await Task.WhenAll(Enumerable.Range(0, lanes).Select(lane => LaneAsync(options, lane, [.. cases.Where(one => one.number % lanes == lane)], Reached, ct)));
        return new(
            "T3",
            string.Create(CultureInfo.InvariantCulture, $"{cases.Count} of {all.Count} deaths ({CrashPoint.All.Count} points × 3 behaviours), {reached} reached and ended as they must, {clock.Elapsed.TotalSeconds:0} s, seed {options.Seed}"),
            [.. faults.SelectMany(some => some)]);

        void Reached(PointCase one) => Console.Error.WriteLine($"  {Interlocked.Increment(ref reached),3}/{cases.Count}  {one}  ({clock.Elapsed.TotalSeconds:0} s)");
    }

    /// <summary>Different points with one behaviour each.</summary>
    private static IReadOnlyList<PointCase> Drawn(IReadOnlyList<PointCase> all, int seed)
    {
        var dice = new Random(seed);
        var points = CrashPoint.All.ToArray();
        dice.Shuffle(points);
        return [.. points.Take(ShortCases).Select(point => all.Where(one => one.Point == point).ElementAt(dice.Next(3)))];
    }

    private static async Task<IReadOnlyList<string>> LaneAsync(
        ChaosOptions options, int number, IReadOnlyList<(int Number, PointCase Case)> cases, Action<PointCase> reached, CancellationToken ct)
    {
        var run = RunFolder.Create($"T3-{number}", options.Seed);
        IReadOnlyList<string> faults;
        await using (var lane = await PointLane.OpenAsync(run, options))
            faults = await lane.RunAsync(cases, reached, ct);
        if (faults.Count == 0 && !options.Keep)
            run.Remove();
        return [.. faults.Select(fault => $"{fault} (see {run.Root})")];
    }
}
