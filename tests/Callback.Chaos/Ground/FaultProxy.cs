using System.Net;
using System.Net.Sockets;

namespace Callback.Chaos.Ground;

/// <summary>
/// Stands on a loopback port before a server and spoils what passes: all connections at once (<see cref="Fault"/>), or each by its own lot (<see cref="Draw"/>). Where it leads
/// can be changed, which is how a failover looks to a client.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private readonly HashSet<ProxiedLink> links = [];
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Func<IPEndPoint?> target;
    private readonly Task accepting;
    private volatile LinkFault fault = LinkFault.None;

    /// <param name="target">Asked at every new connection; null: nobody is there.</param>
    public FaultProxy(Func<IPEndPoint?> target)
    {
        this.target = target;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1024);
        accepting = Task.Run(AcceptAsync);
    }

    public FaultProxy(int port)
        : this(() => new(IPAddress.Loopback, port))
    {
    }

    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    /// <summary>Befalls every connection, those that stand too. When a blackhole ends, what it swallowed is gone and its connections are reset.</summary>
    public LinkFault Fault
    {
        get => fault;
        set
        {
            var before = fault;
            fault = value;
            if (before.Blackhole && !value.Blackhole || value.Refuse)
                CutAll();
        }
    }

    /// <summary>What befalls each new connection besides; null: nothing.</summary>
    public Func<LinkFault>? Draw { get; set; }

    /// <summary>Connections that were made so far.</summary>
    public int Made { get; private set; }

    /// <summary>Resets every connection.</summary>
    public void CutAll()
    {
        ProxiedLink[] all;
        lock (gate)
            all = [.. links];
        foreach (var link in all)
            link.Reset();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        CutAll();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync(stop.Token);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                continue;
            }
            Made++;
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var lot = Draw?.Invoke() ?? LinkFault.None;
        using var link = new ProxiedLink(client, () => Harder(fault, lot));
        if (fault.Refuse || lot.Refuse || target() is not { } there)
        {
            link.Reset();
            return;
        }
        lock (gate)
            links.Add(link);
        try
        {
            await link.RunAsync(there, stop.Token);
        }
        finally
        {
            lock (gate)
                links.Remove(link);
        }
    }

    private static LinkFault Harder(LinkFault all, LinkFault own) => new()
    {
        Blackhole = all.Blackhole || own.Blackhole,
        Latency = all.Latency > own.Latency ? all.Latency : own.Latency,
        CutReplyAfter = all.CutReplyAfter ?? own.CutReplyAfter,
        CutRequestAfter = all.CutRequestAfter ?? own.CutRequestAfter,
    };
}
