using System.Net;

namespace Callback.Chaos.Ground;

/// <summary>
/// The one address of the installation, for agents, payers and webhooks: leads each new connection to a node that answered lately, as a load balancer does. A node that dies
/// takes its connections with it; one that stands still keeps them hanging.
/// </summary>
internal sealed class FrontDoor : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stop = new();
    private readonly FaultProxy proxy;
    private readonly Func<IReadOnlyList<Node>> nodes;
    private readonly Task looking;
    private volatile IReadOnlyList<Node> open = [];
    private int turn;

    public FrontDoor(Func<IReadOnlyList<Node>> nodes)
    {
        this.nodes = nodes;
        proxy = new(Next);
        looking = Task.Run(LookAsync);
    }

    public Uri Address => new($"http://127.0.0.1:{proxy.Port}");

    /// <summary>The nodes that answered lately.</summary>
    public IReadOnlyList<Node> Open => open;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await proxy.DisposeAsync();
        stop.Dispose();
    }

    private IPEndPoint? Next() => open is { Count: > 0 } now ? new(IPAddress.Loopback, now[(int)((uint)Interlocked.Increment(ref turn) % now.Count)].Address.Port) : null;

    private async Task LookAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var asked = await Task.WhenAll(nodes().Select(async node => (node, Alive: await AliveAsync(node))));
            open = [.. asked.Where(one => one.Alive).Select(one => one.node)];
            await Wait.QuietlyAsync(Every, stop.Token);
        }
    }

    private async Task<bool> AliveAsync(Node node)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        limit.CancelAfter(Limit);
        try
        {
            return await node.IsAliveAsync(limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            // Slow, or taken away at this very moment.
            return false;
        }
    }
}
