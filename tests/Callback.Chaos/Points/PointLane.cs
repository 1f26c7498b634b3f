using Callback.Chaos.Actors;
using Callback.Chaos.Ground;
using Callback.Database.PersonalData;
using Callback.Receivers;

namespace Callback.Chaos.Points;

/// <summary>
/// An installation in which one node at a time runs and one agent works, always at the front door: nodes that die at their points, and a node that goes on after them. Cases come one
/// after the other, each with a customer of its own.
/// </summary>
internal sealed class PointLane(Arena arena, ShopFloor floor, Taker taker, Ledger ledger) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan CaseLimit = TimeSpan.FromSeconds(90);
    private static readonly Dictionary<string, string> LocalReceivers = new() { ["CALLBACK__RECEIVERS__ALLOWPRIVATE"] = "true" };

    private readonly PointWitness witness = new(arena);
    private readonly List<(PointCase Case, Customer Customer)> done = [];

    public static async Task<PointLane> OpenAsync(RunFolder run, ChaosOptions options)
    {
        var plan = new ArenaPlan(Squeeze: 60, Clock: ShopPlan.Clock);
        var arena = await Arena.OpenAsync(run, plan);
        var floor = await ShopFloor.FurnishAsync(arena, ShopPlan.Draw(new(options.Seed), customers: 0, agents: 1, severalOrders: 0, edges: false, plan));
        var taker = await Taker.StartAsync();
        await using var stage = Stage.Join(arena.Cluster.ConnectionString(), Keyring.Parse(arena.Keyring), settings => settings.Receivers.AllowPrivate = true);
        await stage.Get<AddReceiver>().RunAsync(Actor.System("chaos"), new(ShopId.Parse(ShopPlan.Shop), "taker", taker.Address.AbsoluteUri, []), default);
        return new(arena, floor, taker, new(run));
    }

    /// <summary>Runs the cases, and tells what is not as it must be.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<(int Number, PointCase Case)> cases, Action<PointCase> reached, CancellationToken ct)
    {
        var faults = new List<string>();
        using var off = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var refusals = new Refusals();
        using var agent = new DeskAgent(floor, 0, arena.FrontDoor.Address, ledger, refusals, new Dice(1));
        var working = Task.Run(() => agent.WorkAsync(off.Token), ct);
        foreach (var (number, one) in cases)
            try
            {
                await CaseAsync(number, one, ct);
                reached(one);
            }
            catch (Exception e) when (e is TimeoutException or InvalidOperationException)
            {
                faults.Add($"{one}: {e.Message} The agent was told {refusals}{(working.IsCompleted ? $" and ended: {working.Exception?.InnerException}" : "")}");
                Console.Error.WriteLine($"  NOT {faults[^1]}");
                await AloneAsync(null, ct);
            }
        await off.CancelAsync();
        await working;
        return [.. faults, .. await LastLookAsync()];
    }

    public async ValueTask DisposeAsync()
    {
        await arena.DisposeAsync();
        await taker.DisposeAsync();
        ledger.Dispose();
    }

    private async Task CaseAsync(int number, PointCase one, CancellationToken ct)
    {
        var customer = new Customer($"+86139{number:0000000}1", "Asia/Shanghai", "CN", [$"P{number:00000}"]);
        done.Add((one, customer));
        await arena.Phones.ClearAsync();
        if (one.Point.StartsWith("room.", StringComparison.Ordinal))
            await DisconnectAsync(ct);
        if (one.Behaviour != Behaviour.Accepts)
            await arena.Phones.FaultAsync(one.Behaviour == Behaviour.AnswerLost
                ? new { method = "POST", to = customer.Number, status = 500, placed = true }
                : new { method = "POST", to = customer.Number, status = 429, placed = false });
        if (one.Deaf)
            await arena.Phones.WeatherAsync(new { lost = 1.0 });
        var first = await AloneAsync(one.DeadFirst ?? one.Point, ct);
        // Sent until a node takes it: an agent who looks into the empty queue may be enough for this one to die.
        var ordered = OrderAsync(customer, ct);
        await DeadAsync(first, one.DeadFirst ?? one.Point);
        if (one.DeadFirst is not null)
            await DeadAsync(await AloneAsync(one.Point, ct), one.Point);
        // A fault that is still ordered waits for the call.
        await arena.Phones.WeatherAsync(new { lost = 0.0 });
        await AloneAsync(null, ct);
        await ordered;
        var seen = "";
        await Wait.UntilAsync($"the end '{one.Ending.States}'", CaseLimit, async () => (seen = await witness.StatesAsync(customer)) == $"{one.Ending.States} closed", ct)
            .WithAsync(() => $"it stands as '{seen}'");
    }

    /// <summary>The agent's phone is hung up and the node knows it, so that the next dial needs a new room.</summary>
    private async Task DisconnectAsync(CancellationToken ct)
    {
        if (arena.Nodes.Count == 0)
            return;
        foreach (var call in (await arena.Phones.SeeAsync("calls")).EnumerateArray().Where(call => call.GetProperty("to").GetString() == floor.Plan.Agents[0].Phone))
            await arena.Phones.HangUpAsync(call.GetProperty("sid").GetString()!);
        await Wait.UntilAsync("the end of the room", CaseLimit, async () => await arena.Cluster.OneAsync<long>("select count(*) from bridges where state <> 'Gone'") == 0, ct);
    }

    /// <summary>Ends whatever node runs, and starts one that dies at the point; null: one that lives.</summary>
    private async Task<Node> AloneAsync(string? point, CancellationToken ct)
    {
        foreach (var before in arena.Nodes)
            await arena.RemoveAsync(before);
        var node = arena.StartNode(point is null ? LocalReceivers : new Dictionary<string, string>(LocalReceivers) { ["CALLBACK_CHAOS_CRASH"] = point });
        // One that searches and finds at once may be dead before it is ready.
        await Wait.UntilAsync($"that {node.Name} is ready", StartLimit, async () => !node.Runs || await node.IsReadyAsync(ct), ct);
        return node;
    }

    private async Task DeadAsync(Node node, string point)
    {
        await node.EndedAsync(CaseLimit).WithAsync(() => $"{point} was never reached");
        if (!(await File.ReadAllTextAsync(arena.Run.File($"{node.Name}.log"))).Contains($"Crash point {point}.", StringComparison.Ordinal))
            throw new InvalidOperationException($"{node.Name} ended otherwise than at {point}");
    }

    private async Task OrderAsync(Customer customer, CancellationToken ct)
    {
        using var http = ShopFloor.Client(arena.FrontDoor.Address, floor.ShopKey, TimeSpan.FromSeconds(20));
        await Wait.UntilAsync(
            "the import of an order", StartLimit + CaseLimit + StartLimit, () => ShopFloor.TellAsync(http, ShopFloor.OrdersOf(customer), ct), TimeSpan.FromMilliseconds(200), ct);
    }

    /// <summary>When all is over: what a late ring, a lost result or an event that nobody was told of would change.</summary>
    private async Task<IReadOnlyList<string>> LastLookAsync()
    {
        var faults = new List<string>();
        foreach (var (one, customer) in done)
            if (await witness.EndingAsync(customer) is var ending && ending != one.Ending)
                faults.Add($"{one}: {ending} instead of {one.Ending}");
        foreach (var lost in await witness.LostAsync(ledger))
            faults.Add($"the result {lost} was acknowledged and is not there");
        await Wait.UntilAsync("the delivery of all events", CaseLimit, async () => (await witness.EventsAsync()).All(taker.Told.Contains)).WithAsync(() => "an event was told to nobody");
        var (code, output, error) = await arena.VerbAsync("verify");
        if (code != 0)
            faults.Add($"verify: {output}{error}");
        return faults;
    }
}
