using System.Globalization;
using Callback.Chaos.Ground;
using Callback.Chaos.Storms;

namespace Callback.Chaos.Ha;

/// <summary>
/// T5: last night's backup is put over the running system. Once with a new timeline, as point-in-time recovery ends; once as a cold copy, which has identifier and timeline of what it
/// replaces. Nobody may be dialed before somebody adopts it, and nobody who rang in between a second time after.
/// </summary>
internal static class RestoreTest
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    public static async Task<ChaosRow> RunAsync(ChaosOptions options, CancellationToken ct)
    {
        var rows = new List<ChaosRow>();
        foreach (var timeline in new[] { true, false })
            rows.Add(await RunAsync(timeline, options, ct));
        return new("T5", string.Join(" | ", rows.Select(row => row.Figure)), [.. rows.SelectMany(row => row.Faults)]);
    }

    private static async Task<ChaosRow> RunAsync(bool newTimeline, ChaosOptions options, CancellationToken ct)
    {
        var what = newTimeline ? "new timeline" : "cold copy";
        var plan = HaTests.Plan("T5", options, options.Long ? 10_000 : 3_000);
        var run = RunFolder.Create(plan.Name, plan.Seed);
        Console.Error.WriteLine($"T5, {what}: in {run.Root}");
        List<string> faults;
        string figure;
        await using (var storm = await Storm.OpenAsync(plan, run, ct))
        {
            var restore = new Restore(storm, TimeSpan.FromSeconds(options.Seconds ?? (options.Long ? 60 : 15)));
            await storm.WorkThroughAsync(() => restore.RunAsync(newTimeline, Limit), ct);
            var (table, found) = await storm.JudgeAsync(restore.Lost);
            faults = [.. restore.Faults, .. found];
            figure = string.Create(CultureInfo.InvariantCulture,
                $"{what}: {restore.RangMeanwhile} rang after the backup, {restore.Adopted} of them adopted, refused until adoption {restore.Refused} times, adopted after {restore.Waited.TotalSeconds:0.0} s; {table}");
            Console.Error.WriteLine($"T5, {what}: {storm.Refusals}");
        }
        return HaTests.Ended("T5", figure, faults, run, options);
    }
}
