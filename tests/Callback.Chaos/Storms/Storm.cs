using System.Text.Json;
using Callback.Chaos.Actors;
using Callback.Chaos.Faults;
using Callback.Chaos.Ground;
using Callback.Chaos.Proof;

namespace Callback.Chaos.Storms;

/// <summary>
/// A shop at work while everything around it is killed, paused, cut and restarted; then the faults end, what is open comes to its end, and two witnesses are heard: the phone
/// network's log, and the rows.
/// </summary>
internal sealed class Storm : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly StormPlan plan;
    private readonly Arena arena;
    private readonly ShopFloor floor;
    private readonly Dice dice;
    private readonly NodeKeeper keeper;
    private readonly Troubles troubles;
    private readonly RingLog log;
    private TimeSpan? offset;

    private Storm(StormPlan plan, Arena arena, ShopFloor floor, Dice dice)
    {
        (this.plan, this.arena, this.floor, this.dice) = (plan, arena, floor, dice);
        Ledger = new(arena.Run);
        keeper = new(arena, Ledger);
        troubles = new(arena, keeper, Ledger, plan, dice);
        log = new(arena.Phones.LogFile);
    }

    public Arena Arena => arena;

    public Ledger Ledger { get; }

    public Refusals Refusals { get; } = new();

    public static async Task<Storm> OpenAsync(StormPlan plan, RunFolder run, CancellationToken ct)
    {
        var dice = new Dice(plan.Seed);
        var shop = ShopPlan.Draw(dice, plan.Customers, plan.Agents, severalOrders: 0.1, plan.Edges, plan.Arena);
        var arena = await Arena.OpenAsync(run, plan.Arena, plan.Database);
        try
        {
            var storm = new Storm(plan, arena, await ShopFloor.FurnishAsync(arena, shop), dice);
            await storm.keeper.StartAsync(plan.Nodes, ct);
            await storm.floor.ImportAsync(arena.Nodes[0].Address, StartLimit);
            return storm;
        }
        catch
        {
            await arena.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everybody works while these things are done, one after the other; then what is open comes to its end.</summary>
    public async Task WorkThroughAsync(Func<Task> acts, CancellationToken ct)
    {
        using var working = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var paying = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var agents = WorkAsync(working.Token);
        var payers = new Payers(floor, arena.FrontDoor.Address, Ledger, dice.For("payers"), plan.PayEvery).WorkAsync(paying.Token);
        await acts();
        await paying.CancelAsync();
        await payers.WaitAsync(StartLimit, TimeProvider.System, CancellationToken.None);
        await new Drain(arena, Ledger, log).RunAsync(CancellationToken.None);
        await working.CancelAsync();
        await agents.WaitAsync(StartLimit, TimeProvider.System, CancellationToken.None);
    }

    /// <summary>Everybody works, everything breaks, until it is enough or the limit is reached.</summary>
    public async Task RageAsync(CancellationToken ct)
    {
        if (plan.Weather is not null)
            await arena.Phones.WeatherAsync(plan.Weather);
        using var working = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var striking = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var agents = WorkAsync(working.Token);
        var payers = new Payers(floor, arena.FrontDoor.Address, Ledger, dice.For("payers"), plan.PayEvery).WorkAsync(striking.Token);
        var striker = troubles.RunAsync(striking.Token);
        var until = Wait.Now + plan.Limit;
        while (Wait.Now < until && !ct.IsCancellationRequested && !(troubles.Enough && Rings >= plan.Rings))
        {
            if (striker.IsFaulted || agents.IsFaulted || payers.IsFaulted)
                break;
            await Wait.QuietlyAsync(TimeSpan.FromSeconds(1), ct);
        }
        await striking.CancelAsync();
        await striker.WaitAsync(StartLimit, TimeProvider.System, CancellationToken.None);
        await payers.WaitAsync(StartLimit, TimeProvider.System, CancellationToken.None);
        await new Drain(arena, Ledger, log).RunAsync(CancellationToken.None);
        await working.CancelAsync();
        await agents.WaitAsync(StartLimit, TimeProvider.System, CancellationToken.None);
    }

    private int Rings => log.Read().Count(line => line is { What: "rang", Attempt: not null });

    /// <summary>What the phone network's log says up to now.</summary>
    public async Task<Testimony> HearAsync()
    {
        offset ??= await arena.Database.OneAsync<TimeSpan>("select business_clock() - clock_timestamp()");
        var late = TimeSpan.FromSeconds(2) + plan.Arena.RequestLife + TimeSpan.FromSeconds(1);
        return new Witness(floor.Plan, Ledger, offset.Value, late).Hear(log.Read());
    }

    /// <summary>What both witnesses say at the end.</summary>
    /// <param name="lost">A time whose rows were taken away with the database: of calls that were asked for in it the rows can't tell.</param>
    public async Task<(StormTable Table, IReadOnlyList<string> Faults)> JudgeAsync((DateTimeOffset From, DateTimeOffset To)? lost = null)
    {
        var heard = await HearAsync();
        var lines = BothWitnesses.Without(log.Read(), lost);
        var stored = await StoredCallsReader.ReadAsync(arena.Database);
        var missing = BothWitnesses.LostResults(Ledger, stored);
        string[] twice = [.. heard.Twice, .. BothWitnesses.TwiceByOrder(lines, stored)];
        List<string> faults =
        [
            .. twice, .. heard.Outside, .. heard.AfterWord, .. missing, .. heard.AskedTwice, .. BothWitnesses.EndsMissing(lines, stored), .. BothWitnesses.UnrungThatWas(lines, stored),
            .. BothWitnesses.AskedForNothing(lines, stored), .. await VerifyAsync(),
        ];
        if (stored.EventsTwice > 0)
            faults.Add($"{stored.EventsTwice} events stand twice in the outbox");
        if (stored.ExitsWithoutReason > 0)
            faults.Add($"{stored.ExitsWithoutReason} queued calls left without a reason");
        var undecided = stored.Attempts.Values.Count(attempt => attempt.State is "Dialing" or "Unknown" or "Placed");
        if (undecided > 0)
            faults.Add($"{undecided} attempts are undecided after the drain");
        if (heard.Rings == 0)
            faults.Add("no phone rang at all");
        return (new StormTable
        {
            Rings = heard.Rings,
            Twice = twice.Length,
            Outside = heard.Outside.Count,
            AfterPaid = heard.AfterWord.Count,
            Acknowledged = Ledger.Results.Count,
            Lost = missing.Count,
            SpentUnrung = stored.Attempts.Values.Count(attempt => attempt.State == "Spent"),
            Undecided = undecided,
            SlowestRecovery = SlowestRecovery(),
            Kills = keeper.Kills,
            Crashes = troubles.Crashes,
            Pauses = keeper.Pauses,
            Posts = lines.Count(line => line is { What: "asked", Attempt: not null }),
            Attempts = stored.Attempts.Count,
            Seed = plan.Seed,
        }, faults);
    }

    public async ValueTask DisposeAsync()
    {
        await arena.DisposeAsync();
        Ledger.Dispose();
    }

    /// <summary>The agents at work, until they are stopped.</summary>
    public Task WorkAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, plan.Agents).Select(async seat =>
    {
        using var agent = new DeskAgent(floor, seat, arena.FrontDoor.Address, Ledger, Refusals, dice.For($"agent{seat}"));
        await agent.WorkAsync(stop);
    }));

    /// <summary>The second witness: what the program itself finds in its rows.</summary>
    private async Task<IReadOnlyList<string>> VerifyAsync()
    {
        var (code, output, error) = await arena.VerbAsync("verify", "--json");
        await File.WriteAllTextAsync(arena.Run.File("verify.json"), output);
        if (code == 0)
            return [];
        if (output.Length == 0)
            return [$"callback verify ended with {code}: {error}"];
        return [.. JsonDocument.Parse(output).RootElement.GetProperty("invariants").EnumerateArray().Where(invariant => invariant.GetProperty("found").GetInt64() > 0)
            .SelectMany(invariant => invariant.GetProperty("violations").EnumerateArray().Select(violation => $"verify: {invariant.GetProperty("code")} {violation.GetProperty("subject")} {violation.GetProperty("detail")}"))];
    }

    /// <summary>From a kill or crash to the next thing that was acknowledged to anybody.</summary>
    private TimeSpan SlowestRecovery()
    {
        var good = Ledger.Results.Values.Select(result => result.At).Concat(Ledger.Dialed.Values).Order().ToList();
        return troubles.Moments.Select(moment => good.FirstOrDefault(at => at > moment) is var next && next != default ? next - moment : TimeSpan.Zero).DefaultIfEmpty().Max();
    }
}
