using System.Net;
using System.Net.Sockets;
using System.Text;
using Callback.Database;
using Npgsql;

namespace Callback.Tests.Calls;

/// <summary>A network between a node and its database that loses the answer to a COMMIT, or the COMMIT itself, when told to.</summary>
internal sealed class LossyProxy : IAsyncDisposable
{
    private static readonly byte[] Commit = Encoding.ASCII.GetBytes("commit\0");

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly NpgsqlConnectionStringBuilder server;
    private readonly Task accepting;

    public LossyProxy(string connectionString)
    {
        server = new(connectionString);
        listener.Start();
        var through = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)listener.LocalEndpoint).Port,
            SslMode = SslMode.Disable,
            // So that every commit is sent in words.
            MaxAutoPrepare = 0,
            MaxPoolSize = 8,
            Timezone = "UTC",
        };
        DapperSetup.Ensure();
        Source = NpgsqlDataSource.Create(through.ConnectionString);
        Db = new(Source);
        accepting = AcceptAsync();
    }

    public enum Loss
    {
        None,

        /// <summary>The database commits; nobody hears of it.</summary>
        Answer,

        /// <summary>The database never hears of the COMMIT.</summary>
        Request,
    }

    public NpgsqlDataSource Source { get; }

    public Db Db { get; }

    /// <summary>How many more commits pass before one is lost.</summary>
    public int CommitsBefore { get; set; }

    /// <summary>Once; afterwards the network is well again.</summary>
    public Loss Next { get; set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await Source.DisposeAsync();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = PipeAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PipeAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(server.Host!, server.Port, stop.Token);
            var lost = new TaskCompletionSource();
            var up = UpAsync(near.GetStream(), far.GetStream(), lost);
            var down = DownAsync(far.GetStream(), near.GetStream(), lost.Task);
            await Task.WhenAny(up, down);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // One side is gone.
        }
    }

    private async Task UpAsync(NetworkStream near, NetworkStream far, TaskCompletionSource lost)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await near.ReadAsync(buffer, stop.Token)) > 0)
        {
            if (Next != Loss.None && buffer.AsSpan(0, read).IndexOf(Commit) >= 0 && CommitsBefore-- == 0)
            {
                var loss = Next;
                Next = Loss.None;
                if (loss == Loss.Request)
                    return;
                lost.SetResult();
            }
            await far.WriteAsync(buffer.AsMemory(0, read), stop.Token);
        }
    }

    private async Task DownAsync(NetworkStream far, NetworkStream near, Task lost)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await far.ReadAsync(buffer, stop.Token)) > 0)
        {
            // The database has answered the COMMIT, so it stands; the answer goes nowhere and the connection breaks.
            if (lost.IsCompleted)
                return;
            await near.WriteAsync(buffer.AsMemory(0, read), stop.Token);
        }
    }
}
