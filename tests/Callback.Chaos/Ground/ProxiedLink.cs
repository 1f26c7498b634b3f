using System.Net;
using System.Net.Sockets;

namespace Callback.Chaos.Ground;

/// <summary>One connection through a proxy: two sockets, and what is carried between them.</summary>
internal sealed class ProxiedLink(Socket client, Func<LinkFault> fault) : IDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);

    private readonly Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>Carries until one side is done or the link is reset.</summary>
    public async Task RunAsync(IPEndPoint there, CancellationToken ct)
    {
        try
        {
            client.NoDelay = true;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(ConnectLimit);
            await server.ConnectAsync(there, limit.Token);
            var up = CarryAsync(client, server, now => now.CutRequestAfter, ct);
            var down = CarryAsync(server, client, now => now.CutReplyAfter, ct);
            await Task.WhenAll(up, down);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Reset();
        }
    }

    /// <summary>Both sides see the connection break.</summary>
    public void Reset()
    {
        foreach (var socket in new[] { client, server })
            try
            {
                socket.LingerState = new(true, 0);
                socket.Close(0);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // Broken already.
            }
    }

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    private async Task CarryAsync(Socket from, Socket to, Func<LinkFault, int?> cutAfter, CancellationToken ct)
    {
        var buffer = new byte[16 * 1024];
        var carried = 0;
        try
        {
            while (await from.ReceiveAsync(buffer, ct) is var read && read > 0)
            {
                var now = fault();
                if (now.Blackhole)
                    continue;
                if (now.Latency > TimeSpan.Zero)
                    await Wait.ForAsync(now.Latency, ct);
                var pass = cutAfter(fault()) is { } most ? Math.Clamp(most - carried, 0, read) : read;
                await SendAllAsync(to, buffer.AsMemory(0, pass), ct);
                carried += pass;
                if (pass < read)
                {
                    Reset();
                    return;
                }
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Reset();
        }
    }

    private static async Task SendAllAsync(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (bytes.Length > 0)
            bytes = bytes[await to.SendAsync(bytes, ct)..];
    }
}
