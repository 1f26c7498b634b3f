using System.Security.Cryptography;
using Npgsql;

namespace Callback.Chaos.Ha;

/// <summary>Two data nodes under Patroni, etcd as referee, HAProxy as the one address: from Debian's packages, on loopback, in one folder, gone with it.</summary>
internal sealed class HaCluster : IAsyncDisposable
{
    public static readonly TimeSpan StartTime = TimeSpan.FromSeconds(90);

    private readonly string password;
    private readonly Daemon etcd;
    private readonly Daemon proxy;
    private readonly int proxyPort;

    private HaCluster(string password, Daemon etcd, IReadOnlyList<PatroniNode> nodes, Daemon proxy, int proxyPort)
    {
        (this.password, this.etcd, Nodes, this.proxy, this.proxyPort) = (password, etcd, nodes, proxy, proxyPort);
        State = new(nodes);
    }

    public IReadOnlyList<PatroniNode> Nodes { get; }

    public PatroniState State { get; }

    /// <summary>What Callback is given: the address of HAProxy, behind which the leader is.</summary>
    public string ConnectionString => Connection("callback", "callback", $"127.0.0.1:{proxyPort}");

    /// <summary>The same without HAProxy: Npgsql looks for the primary itself.</summary>
    public string MultiHostConnectionString =>
        Connection("callback", "callback", string.Join(',', Nodes.Select(node => $"127.0.0.1:{node.Port}"))) + ";Target Session Attributes=primary";

    public string SuperuserConnectionString => Connection("postgres", "postgres", $"127.0.0.1:{proxyPort}");

    public static async Task<HaCluster> StartAsync(string root, CancellationToken ct)
    {
        Folders.Make(root);
        var (password, binaries) = (RandomNumberGenerator.GetHexString(24), Folders.Binaries());
        var (etcd, client) = await EtcdAsync(root);
        var nodes = new[] { await PatroniNode.MakeAsync("node1", root, client, binaries, password), await PatroniNode.MakeAsync("node2", root, client, binaries, password) };
        var (proxy, port) = await ProxyAsync(root, nodes);
        var cluster = new HaCluster(password, etcd, nodes, proxy, port);
        try
        {
            await cluster.BringUpAsync(ct);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public Task StopEtcdAsync() => etcd.StopAsync(TimeSpan.FromSeconds(10));

    public void StartEtcd() => etcd.Start();

    public async ValueTask DisposeAsync()
    {
        await proxy.StopAsync(TimeSpan.FromSeconds(5));
        await Task.WhenAll(Nodes.Select(node => node.StopAsync()));
        await etcd.StopAsync(TimeSpan.FromSeconds(5));
        State.Dispose();
    }

    private async Task BringUpAsync(CancellationToken ct)
    {
        etcd.Start();
        proxy.Start();
        foreach (var node in Nodes)
            node.Start();
        await State.WaitAsync(StartTime, "leader and synchronous standby", state => state.Whole, ct);
        await using var source = NpgsqlDataSource.Create(SuperuserConnectionString);
        await Patiently.UntilAsync(StartTime, "HAProxy leads to the leader", async () =>
        {
            try
            {
                await using var command = source.CreateCommand($"create role callback login createdb password '{password}'; grant pg_monitor to callback");
                await command.ExecuteNonQueryAsync(ct);
                return true;
            }
            catch (NpgsqlException e) when (e is not PostgresException)
            {
                return false;
            }
        }, ct);
        await using var database = source.CreateCommand("create database callback owner callback");
        await database.ExecuteNonQueryAsync(ct);
    }

    private static async Task<(Daemon, string)> EtcdAsync(string root)
    {
        var folder = Folders.Make(Path.Combine(root, "etcd"));
        var port = Ports.Free();
        var file = await Template.FillAsync("etcd.yml", folder, new Dictionary<string, string>
        {
            ["node"] = "etcd1",
            ["folder"] = folder,
            ["address"] = "127.0.0.1",
            ["port"] = Ports.Text(port),
            ["peerPort"] = Ports.Text(Ports.Free()),
        });
        return (new(folder, "etcd.log", "etcd", "--config-file", file), $"127.0.0.1:{port}");
    }

    private static async Task<(Daemon, int)> ProxyAsync(string root, IReadOnlyList<PatroniNode> nodes)
    {
        var folder = Folders.Make(Path.Combine(root, "haproxy"));
        var port = Ports.Free();
        var file = await Template.FillAsync("haproxy.cfg", folder, new Dictionary<string, string>
        {
            ["address"] = "127.0.0.1",
            ["port"] = Ports.Text(port),
            ["node1"] = $"127.0.0.1:{nodes[0].Port}",
            ["node2"] = $"127.0.0.1:{nodes[1].Port}",
            ["api1"] = Ports.Text(nodes[0].ApiPort),
            ["api2"] = Ports.Text(nodes[1].ApiPort),
        });
        return (new(folder, "haproxy.log", "/usr/sbin/haproxy", "-db", "-f", file), port);
    }

    private string Connection(string user, string database, string hosts) => $"Host={hosts};Database={database};Username={user};Password={password};Timeout=5";
}
