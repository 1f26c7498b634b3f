using System.Diagnostics;
using System.Text.Json;
using Callback.Chaos.Ground;
using Callback.Chaos.Storms;

namespace Callback.Chaos.Ha;

/// <summary>Takes a backup, lets the shop call on, puts the backup in the place of the database, and sees what the nodes make of it.</summary>
internal sealed class Restore(Storm storm, TimeSpan meanwhile)
{
    private static readonly TimeSpan Refusing = TimeSpan.FromSeconds(5);
    private const string Refusal = "dial 409 EpochChanged";

    private readonly List<string> faults = [];

    public IReadOnlyList<string> Faults => faults;

    /// <summary>What was written in this time is gone.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Lost { get; private set; }

    public int RangMeanwhile { get; private set; }

    public int Adopted { get; private set; }

    public int Refused { get; private set; }

    /// <summary>From the start of the restored database until it was adopted.</summary>
    public TimeSpan Waited { get; private set; }

    public async Task RunAsync(bool newTimeline, TimeSpan limit)
    {
        await RingsAsync(20, limit);
        var backup = storm.Arena.Run.Folder(newTimeline ? "backup-pitr" : "backup-cold");
        var from = Wait.Now;
        await storm.Arena.Cluster.BackUpAsync(backup);
        var before = (await storm.HearAsync()).Rings;
        await Wait.ForAsync(meanwhile);
        await storm.Arena.Cluster.PutBackAsync(backup, newTimeline);
        storm.Ledger.Did("put back", newTimeline);
        RangMeanwhile = (await storm.HearAsync()).Rings - before;
        var back = Stopwatch.StartNew();
        Lost = (from, Wait.Now);
        storm.Ledger.Forget(Lost.From, Lost.To);
        await RefusedAsync(limit);
        await AdoptAsync(limit);
        Waited = back.Elapsed;
        await RingsAsync(50, limit);
    }

    private async Task RefusedAsync(TimeSpan limit)
    {
        var first = storm.Refusals.Of(Refusal);
        await Wait.UntilAsync("that the gate refuses", limit, () => Task.FromResult(storm.Refusals.Of(Refusal) > first));
        await Wait.ForAsync(Refusing);
        Refused = storm.Refusals.Of(Refusal) - first;
        var early = await storm.Arena.Database.OneAsync<long>(
            $"""
            select count(*)
            from attempts
            cross join installation i
            where gated_at - i.clock_offset > '{Lost.To:O}'
            """);
        if (early > 0)
            faults.Add($"{early} gates passed on the database that was put back before it was adopted");
    }

    private async Task AdoptAsync(TimeSpan limit) => await Wait.UntilAsync(
        "that the database that was put back is adopted",
        limit,
        async () =>
        {
            var (code, output, error) = await storm.Arena.VerbAsync("adopt", "--json");
            storm.Ledger.Did("adopt", new { code, output, error });
            if (code == 0)
                Adopted = JsonDocument.Parse(output).RootElement.GetProperty("calls").GetProperty("adopted").GetInt32();
            return code == 0;
        },
        TimeSpan.FromSeconds(2),
        CancellationToken.None);

    private async Task RingsAsync(int more, TimeSpan limit)
    {
        var before = (await storm.HearAsync()).Rings;
        await Wait.UntilAsync($"{more} rings", limit, async () => (await storm.HearAsync()).Rings >= before + more, TimeSpan.FromMilliseconds(500), CancellationToken.None);
    }
}
