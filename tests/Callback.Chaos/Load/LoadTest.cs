using System.Diagnostics;
using System.Globalization;
using Callback.Chaos.Actors;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Load;

/// <summary>T11: agents at work while the database has no connections to give, keeps the orders locked, or throws everybody out.</summary>
internal static class LoadTest
{
    private const int Agents = 10;
    private const int Nodes = 2;

    /// <summary>So many results after a trouble, and the program counts as recovered.</summary>
    private const int Enough = 5;

    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(4);

    public static ChaosTest Test { get; } = new("T11", "no connections, orders locked, backends terminated: no ring without a committed gate, and it recovers by itself", RunAsync);

    private static async Task<ChaosRow> RunAsync(ChaosOptions options, CancellationToken ct)
    {
        var spans = new Spans(TimeSpan.FromSeconds(options.Long ? 30 : 6), TimeSpan.FromSeconds(options.Long ? 60 : 6), TimeSpan.FromSeconds(options.Seconds ?? (options.Long ? 300 : 10)));
        var run = RunFolder.Create("T11", options.Seed);
        var row = await RunAsync(run, options, spans, ct);
        if (row.Passed && !options.Keep)
            run.Remove();
        return row;
    }

    private static async Task<ChaosRow> RunAsync(RunFolder run, ChaosOptions options, Spans spans, CancellationToken ct)
    {
        var plan = new ArenaPlan(Squeeze: 30, Clock: ShopPlan.Clock);
        await using var arena = await Arena.OpenAsync(run, plan);
        await CommittedGates.KeepTimesAsync(arena.Cluster);
        var dice = new Dice(options.Seed);
        var customers = (int)((spans.Whole.TotalSeconds + 60) * Agents);
        var floor = await ShopFloor.FurnishAsync(arena, ShopPlan.Draw(dice, customers, Agents, 0.2, edges: false, plan));
        // A pool that is smaller than the number of agents: waiting for a connection is everyday life here.
        var small = new Dictionary<string, string> { ["CALLBACK__DATABASE__POOLSIZE"] = "4" };
        var nodes = Enumerable.Range(0, Nodes).Select(_ => arena.StartNode(small)).ToList();
        foreach (var node in nodes)
            await node.ReadyAsync(TimeSpan.FromSeconds(120), ct);
        await floor.ImportAsync(arena.FrontDoor.Address, floor.Plan.Customers.Count, TimeSpan.FromSeconds(120), ct);
        using var ledger = new Ledger(run);
        using var off = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var agents = Enumerable.Range(0, Agents).Select(seat => new DeskAgent(floor, seat, arena.FrontDoor.Address, ledger, new(), dice.For($"agent{seat}"))).ToList();
        var working = agents.Select(agent => Task.Run(() => agent.WorkAsync(off.Token), ct)).ToList();
        var trouble = new Troubles(arena.Cluster);
        var (faults, slowest, ended) = (new List<string>(), TimeSpan.Zero, 0L);
        await AfterAsync("the start", () => Task.CompletedTask);
        await AfterAsync("the exhausted pool", () => trouble.ExhaustedAsync(spans.Exhausted, ct));
        await AfterAsync("the locked orders", () => trouble.LockedAsync(spans.Locked, ct));
        await AfterAsync("the terminated backends", async () => ended = await trouble.TerminatedAsync(spans.Terminated, ct));
        await off.CancelAsync();
        await Task.WhenAll(working);
        agents.ForEach(agent => agent.Dispose());
        faults.AddRange(await DrainedAsync(arena, ct));
        var (rings, without) = await new CommittedGates(arena).LookAsync();
        faults.AddRange(without);
        var lost = await LostAsync(arena, ledger);
        faults.AddRange(lost);
        if (nodes.FirstOrDefault(node => !node.Runs) is { } dead)
            faults.Add($"{dead.Name} ended");
        return new("T11", Figure(), faults);

        async Task AfterAsync(string what, Func<Task> hurt)
        {
            await hurt();
            var (clock, before) = (Stopwatch.StartNew(), ledger.Results.Count);
            try
            {
                await Wait.UntilAsync($"a result after {what}", RecoveryLimit, () => Task.FromResult(ledger.Results.Count >= before + Enough), ct);
            }
            catch (TimeoutException e)
            {
                faults.Add(e.Message);
            }
            Console.Error.WriteLine($"  {what}: results again after {clock.Elapsed.TotalSeconds:0.0} s, {ledger.Results.Count} so far");
            slowest = what != "the start" && clock.Elapsed > slowest ? clock.Elapsed : slowest;
        }

        string Figure() => string.Create(
            CultureInfo.InvariantCulture,
            $"{rings:#,##0} rings, {without.Count} without a committed gate; {ledger.Results.Count:#,##0} acknowledged, {lost.Count} lost; {ended:#,##0} backends terminated, lock {spans.Locked.TotalSeconds:0} s, slowest recovery {slowest.TotalSeconds:0.0} s");
    }

    /// <summary>Nothing is undecided any more, and what must hold holds.</summary>
    private static async Task<IReadOnlyList<string>> DrainedAsync(Arena arena, CancellationToken ct)
    {
        try
        {
            await Wait.UntilAsync(
                "the drain", DrainLimit, async () => await arena.Cluster.OneAsync<long>("select count(*) from attempts where state in ('Dialing', 'Unknown', 'Placed')") == 0, TimeSpan.FromSeconds(1), ct);
        }
        catch (TimeoutException e)
        {
            return [e.Message];
        }
        var (code, output, error) = await arena.VerbAsync("verify");
        return code == 0 ? [] : [$"verify: {output}{error}"];
    }

    private static async Task<IReadOnlyList<string>> LostAsync(Arena arena, Ledger ledger)
    {
        var kept = (await arena.Cluster.ManyAsync("select submission_id from submissions", row => row.GetGuid(0))).ToHashSet();
        return [.. ledger.Results.Keys.Where(id => !kept.Contains(id)).Select(id => $"the result {id} was acknowledged and is not there")];
    }

    private sealed record Spans(TimeSpan Exhausted, TimeSpan Locked, TimeSpan Terminated)
    {
        public TimeSpan Whole => Exhausted + Locked + Terminated;
    }
}
