using Callback.Chaos.Actors;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Faults;

/// <summary>Keeps so many nodes running, as a service manager does: what was killed is started again at once. Kills and pauses are its own doing.</summary>
internal sealed class NodeKeeper(Arena arena, Ledger ledger)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    /// <summary>Who strikes waits so long until there is somebody at work to be struck, and somebody else to go on.</summary>
    private static readonly TimeSpan Mercy = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim one = new(1);
    private int kills;
    private int pauses;

    public int Kills => kills;

    public int Pauses => pauses;

    /// <summary>The longest time from a node's start until it was ready.</summary>
    public TimeSpan SlowestStart { get; private set; }

    public async Task StartAsync(int count, CancellationToken ct)
    {
        var started = Enumerable.Range(0, count).Select(_ => arena.StartNode()).ToList();
        foreach (var node in started)
            await ReadyAsync(node, ct);
    }

    /// <summary>SIGKILL to one node, mostly one at work, and another one in its place.</summary>
    public async Task KillOneAsync(Dice dice, CancellationToken ct)
    {
        await AtWorkAsync(ct);
        await one.WaitAsync(CancellationToken.None);
        try
        {
            var running = dice.Chance(0.9) && AtWork is { Count: > 0 } working ? working : arena.Nodes.Where(node => node.Runs && !node.Paused).ToList();
            if (running.Count == 0 || ct.IsCancellationRequested)
                return;
            var node = dice.Of(running);
            ledger.Did("kill", node.Name);
            await node.KillAsync();
            Interlocked.Increment(ref kills);
            await arena.RemoveAsync(node);
            arena.StartNode();
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>SIGSTOP to one node, for a while.</summary>
    public async Task PauseOneAsync(Dice dice, TimeSpan span, CancellationToken ct)
    {
        Node node;
        await AtWorkAsync(ct);
        await one.WaitAsync(CancellationToken.None);
        try
        {
            if (ct.IsCancellationRequested || AtWork is not { Count: > 1 } running)
                return;
            node = dice.Of(running);
            ledger.Did("pause", new { node.Name, span.TotalSeconds });
            node.Pause();
        }
        finally
        {
            one.Release();
        }
        Interlocked.Increment(ref pauses);
        await Wait.QuietlyAsync(span, ct);
        node.Resume();
        ledger.Did("resume", node.Name);
    }

    /// <summary>What ended by itself (it cannot start while the database is away) is started again.</summary>
    public async Task ReviveAsync()
    {
        await one.WaitAsync(CancellationToken.None);
        try
        {
            var dead = arena.Nodes.Where(node => !node.Runs).ToList();
            foreach (var node in dead)
            {
                ledger.Did("revive", node.Name);
                await arena.RemoveAsync(node);
                arena.StartNode();
            }
        }
        finally
        {
            one.Release();
        }
    }

    private IReadOnlyList<Node> AtWork => [.. arena.FrontDoor.Open.Where(node => node.Runs && !node.Paused)];

    /// <summary>A node that has not begun to work loses nothing by dying: on a slow machine a storm would kill nothing else.</summary>
    public async Task AtWorkAsync(CancellationToken ct)
    {
        for (var until = Wait.Now + Mercy; Wait.Now < until && AtWork.Count < 2 && !ct.IsCancellationRequested;)
            await Wait.QuietlyAsync(TimeSpan.FromMilliseconds(200), ct);
    }

    private async Task ReadyAsync(Node node, CancellationToken ct)
    {
        var took = await node.ReadyAsync(StartLimit, ct);
        SlowestStart = took > SlowestStart ? took : SlowestStart;
    }
}
