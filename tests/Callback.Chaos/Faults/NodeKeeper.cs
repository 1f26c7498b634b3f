using Callback.Chaos.Actors;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Faults;

/// <summary>Keeps so many nodes running, as a service manager does: what was killed is started again at once. Kills and pauses are its own doing.</summary>
internal sealed class NodeKeeper(Arena arena, Ledger ledger)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

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

    /// <summary>SIGKILL to one node that runs, and another one in its place.</summary>
    public async Task KillOneAsync(Dice dice, CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            if (arena.Nodes.Where(node => node.Runs && !node.Paused).ToList() is not { Count: > 0 } running)
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
        await one.WaitAsync(ct);
        try
        {
            if (arena.Nodes.Where(node => node.Runs && !node.Paused).ToList() is not { Count: > 1 } running)
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
        await one.WaitAsync();
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

    private async Task ReadyAsync(Node node, CancellationToken ct)
    {
        var took = await node.ReadyAsync(StartLimit, ct);
        SlowestStart = took > SlowestStart ? took : SlowestStart;
    }
}
