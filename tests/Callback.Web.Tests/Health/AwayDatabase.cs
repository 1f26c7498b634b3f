using System.Net;
using System.Net.Sockets;
using Callback.Database;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Callback.Web.Tests.Health;

/// <summary>A way to the database that can be cut while the program runs.</summary>
internal sealed class AwayDatabase : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> open = [];
    private readonly CancellationTokenSource stop = new();
    private NpgsqlDataSource? source;
    private Task accepting = Task.CompletedTask;

    public async Task<TestApp> StartAsync(TestDatabase database)
    {
        listener.Start();
        var there = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        accepting = AcceptAsync(there.Host!, there.Port);
        var through = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, MaxPoolSize = 8 };
        source = DapperSetup.OpenSource(through.ConnectionString);
        return await TestApp.StartAsync(database, services: services => services.AddSingleton(source));
    }

    public void Cut()
    {
        stop.Cancel();
        listener.Stop();
        lock (open)
            open.ForEach(socket => socket.Dispose());
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await accepting;
        if (source is not null)
            await source.DisposeAsync();
        stop.Dispose();
    }

    private async Task AcceptAsync(string host, int port)
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptSocketAsync(stop.Token);
                var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
                lock (open)
                    open.AddRange([near, far]);
                await far.ConnectAsync(host, port, stop.Token);
                _ = PipeAsync(near, far);
                _ = PipeAsync(far, near);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private static async Task PipeAsync(Socket from, Socket to)
    {
        try
        {
            var piece = new byte[16 * 1024];
            for (int read; (read = await from.ReceiveAsync(piece)) > 0;)
                await to.SendAsync(piece.AsMemory(0, read));
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
