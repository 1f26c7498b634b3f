using System.Diagnostics;
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

    /// <summary>Customers whose orders are open at a time: new ones come while others are called or pay, as in a shop.</summary>
    private const int Stock = 5000;

    /// <summary>So many new ones come at once.</summary>
    private const int Delivery = 300;

    private readonly StormPlan plan;
    private readonly Arena arena;
    private readonly ShopFloor floor;
    private readonly Dice dice;
    private readonly NodeKeeper keeper;
    private readonly Troubles troubles;
    private readonly RingLog log;
    private readonly StormVerdict verdict;
    private TimeSpan raged;

    private Storm(StormPlan plan, Arena arena, ShopFloor floor, Dice dice)
    {
        (this.plan, this.arena, this.floor, this.dice) = (plan, arena, floor, dice);
        Ledger = new(arena.Run);
        keeper = new(arena, Ledger);
        troubles = new(arena, keeper, Ledger, plan, dice);
        log = new(arena.Phones.LogFile);
        verdict = new(plan, arena, floor.Plan, Ledger, log);
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
            await storm.floor.ImportAsync(arena.Nodes[0].Address, Stock, StartLimit, ct);
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
        var clock = Stopwatch.StartNew();
        using var working = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var striking = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var agents = WorkAsync(working.Token);
        var payers = new Payers(floor, arena.FrontDoor.Address, Ledger, dice.For("payers"), plan.PayEvery).WorkAsync(striking.Token);
        var striker = troubles.RunAsync(striking.Token);
        var until = Wait.Now + plan.Limit;
        while (Wait.Now < until && !ct.IsCancellationRequested && !(troubles.Enough && Count("rang") >= plan.Rings && Count("asked") >= plan.Calls))
        {
            if (striker.IsFaulted || agents.IsFaulted || payers.IsFaulted)
                break;
            await Wait.QuietlyAsync(TimeSpan.FromSeconds(1), ct);
        }
        await striking.CancelAsync();
        await striker.WaitAsync(StartLimit, TimeProvider.System, CancellationToken.None);
        await payers.WaitAsync(StartLimit, TimeProvider.System, CancellationToken.None);
        raged = clock.Elapsed;
        await new Drain(arena, Ledger, log).RunAsync(CancellationToken.None);
        await working.CancelAsync();
        await agents.WaitAsync(StartLimit, TimeProvider.System, CancellationToken.None);
    }

    /// <summary>Customers' calls that were asked for, that rang, up to now.</summary>
    private int Count(string what) => log.Read().Count(line => line.What == what && line.Attempt is not null);

    /// <summary>What the phone network's log says up to now.</summary>
    public Task<Testimony> HearAsync() => verdict.HearAsync();

    /// <summary>What both witnesses say at the end.</summary>
    /// <param name="lost">A time whose rows were taken away with the database: of calls that were asked for in it the rows can't tell.</param>
    public async Task<(StormTable Table, IReadOnlyList<string> Faults)> JudgeAsync((DateTimeOffset From, DateTimeOffset To)? lost = null)
    {
        var (found, faults) = await verdict.JudgeAsync(lost);
        return (found with
        {
            Raged = raged,
            SlowestRecovery = StormVerdict.SlowestRecovery(Ledger, troubles.Moments),
            Kills = keeper.Kills,
            Crashes = troubles.Crashes,
            Pauses = keeper.Pauses,
            Seed = plan.Seed,
        }, faults);
    }

    public async ValueTask DisposeAsync()
    {
        await arena.DisposeAsync();
        Ledger.Dispose();
    }

    /// <summary>The shop at work, until it is stopped: agents call, and new orders come in.</summary>
    public Task WorkAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, plan.Agents).Select(async seat =>
    {
        using var agent = new DeskAgent(floor, seat, arena.FrontDoor.Address, Ledger, Refusals, dice.For($"agent{seat}"));
        await agent.WorkAsync(stop);
    }).Append(ImportAsync(stop)));

    /// <summary>New orders, for those that were called or paid.</summary>
    private async Task ImportAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && floor.Known < plan.Customers)
        {
            try
            {
                if (Count("asked") + Ledger.Payments.Count + Stock - floor.Known >= Delivery)
                    await floor.ImportAsync(arena.FrontDoor.Address, Delivery, StartLimit, stop);
            }
            catch (Exception e) when (e is OperationCanceledException or TimeoutException)
            {
                // Nobody was there for long, or it is over.
                Refusals.Count("import");
            }
            await Wait.QuietlyAsync(TimeSpan.FromSeconds(2), stop);
        }
    }
}
