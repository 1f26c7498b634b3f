using Callback.Chaos.Actors;
using Callback.Chaos.Faults;
using Callback.Chaos.Ground;
using Callback.Chaos.Proof;

namespace Callback.Chaos.Storms;

/// <summary>
/// The controls: the program is robbed of one guard, and the storm has to see phones ring twice. A storm that can not see it would prove nothing. And the counterpart, where the
/// guard is there and none may.
/// </summary>
internal static class ControlTests
{
    public static IReadOnlyList<ChaosTest> All { get; } =
    [
        new("C1", "control: asks the provider again after a time-out; must be seen ringing twice", (options, ct) => RunAsync(Retry(options), options, RetryAsync, ct)),
        new("C2", "control: does not look which server it talks to; must be seen ringing twice after a lossy failover", (options, ct) => RunAsync(Failover(options, "C2", "epoch-guard"), options, UnguardedAsync, ct)),
        new("C3", "lossy failovers with the guard, and an operator who adopts", (options, ct) => RunAsync(Failover(options, "C3", ""), options, GuardedAsync, ct)),
    ];

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static StormPlan Retry(ChaosOptions options) => Base(options, "C1", "retry-on-timeout") is var plan ? plan with
    {
        Weather = new { seed = options.Seed, creating = 0.5, always = "TooLate", tooLate = plan.Arena.RequestLife * 2 },
    } : throw new InvalidOperationException();

    private static StormPlan Failover(ChaosOptions options, string name, string without) => Base(options, name, without);

    private static StormPlan Base(ChaosOptions options, string name, string without) => new()
    {
        Name = name,
        Seed = options.Seed,
        Rings = int.MaxValue,
        Customers = options.Long ? 8000 : 1500,
        Agents = 8,
        Nodes = 1,
        Edges = false,
        Limit = Limit,
        Arena = new(Clock: ShopPlan.Clock, Without: without),
    };

    /// <summary>Whatever happens while the agents work.</summary>
    private static async Task<ChaosRow> RunAsync(StormPlan plan, ChaosOptions options, Func<Storm, ChaosOptions, CancellationToken, Task<(string Figure, string? Fault)>> act, CancellationToken ct)
    {
        var run = RunFolder.Create(plan.Name, plan.Seed);
        Console.Error.WriteLine($"{plan.Name}: in {run.Root}");
        (string Figure, string? Fault) found;
        await using (var storm = await Storm.OpenAsync(plan, run, ct))
        {
            if (plan.Weather is not null)
                await storm.Arena.Phones.WeatherAsync(plan.Weather);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var agents = storm.WorkAsync(stop.Token);
            found = await act(storm, options, ct);
            await stop.CancelAsync();
            await agents.WaitAsync(Limit, TimeProvider.System, CancellationToken.None);
            Console.Error.WriteLine($"{plan.Name}: {storm.Refusals}");
        }
        if (found.Fault is null && !options.Keep)
            run.Remove();
        return new(plan.Name, found.Figure, found.Fault is null ? [] : [found.Fault, $"everything is kept in {run.Root}"]);
    }

    private static async Task<(string Figure, string? Fault)> RetryAsync(Storm storm, ChaosOptions options, CancellationToken ct)
    {
        var until = Wait.Now + Limit;
        Testimony heard;
        while ((heard = await storm.HearAsync()).Twice.Count == 0 && Wait.Now < until)
            await Wait.ForAsync(TimeSpan.FromMilliseconds(500), ct);
        return Seen(heard, $"{heard.Rings} rings with time-outs at the provider");
    }

    private static async Task<(string Figure, string? Fault)> UnguardedAsync(Storm storm, ChaosOptions options, CancellationToken ct)
    {
        await using var failover = new LossyFailover(storm.Arena, storm.Ledger);
        var until = Wait.Now + Limit;
        var heard = await storm.HearAsync();
        while (heard.Twice.Count == 0 && Wait.Now < until)
        {
            await FailAsync(storm, failover, options, ct);
            for (var patience = Wait.Now + TimeSpan.FromSeconds(15); heard.Twice.Count == 0 && Wait.Now < patience; heard = await storm.HearAsync())
                await Wait.ForAsync(TimeSpan.FromMilliseconds(500), ct);
        }
        return Seen(heard, $"{heard.Rings} rings, {failover.Done} lossy failovers");
    }

    private static async Task<(string Figure, string? Fault)> GuardedAsync(Storm storm, ChaosOptions options, CancellationToken ct)
    {
        await using var failover = new LossyFailover(storm.Arena, storm.Ledger);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var operations = new FailoverOperator(storm.Arena, storm.Ledger, storm.Refusals);
        var operating = operations.WorkAsync(stop.Token);
        for (var round = 0; round < (options.Long ? 7 : 2); round++)
        {
            await FailAsync(storm, failover, options, ct);
            var adopted = operations.Adoptions;
            await Wait.UntilAsync("the adoption", Limit, () => Task.FromResult(operations.Adoptions > adopted), ct);
            var rings = (await storm.HearAsync()).Rings;
            await Wait.UntilAsync("dialing after the adoption", Limit, async () => (await storm.HearAsync()).Rings >= rings + 20, ct);
        }
        await stop.CancelAsync();
        await operating.WaitAsync(Limit, TimeProvider.System, CancellationToken.None);
        var heard = await storm.HearAsync();
        var lost = BothWitnesses.LostResults(storm.Ledger, await StoredCallsReader.ReadAsync(storm.Arena.Cluster)).Count;
        var figure = $"{heard.Rings} rings, {heard.Twice.Count} twice, {failover.Done} lossy failovers, {operations.Adoptions} adoptions; {storm.Ledger.Results.Count} acknowledged, {lost} of them lost with the old primary; seed {options.Seed}";
        return (figure, heard.Twice.Count == 0 ? null : string.Join("; ", heard.Twice.Take(10)));
    }

    /// <summary>Some calls first, so that there is something to lose.</summary>
    private static async Task FailAsync(Storm storm, LossyFailover failover, ChaosOptions options, CancellationToken ct)
    {
        await failover.PrepareAsync();
        var rings = (await storm.HearAsync()).Rings;
        await Wait.UntilAsync("some calls", Limit, async () => (await storm.HearAsync()).Rings >= rings + 5, ct);
        await failover.StrikeAsync(TimeSpan.FromSeconds(3));
    }

    private static (string Figure, string? Fault) Seen(Testimony heard, string figure) =>
        heard.Twice.Count > 0 ? ($"{figure}: seen ringing twice, as it must", null) : (figure, "no phone was seen ringing twice, although a guard is out: the storm is blind");
}
