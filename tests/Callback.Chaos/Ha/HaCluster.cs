using System.Security.Cryptography;
using Callback.Chaos.Ground;
using Npgsql;

namespace Callback.Chaos.Ha;

/// <summary>Two data nodes under Patroni, etcd as referee, HAProxy as the one address: from Debian's packages, on loopback, in the run's folder, gone with it.</summary>
internal sealed class HaCluster : IDatabaseServer
{
    public static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    /// <summary>CALLBACK_CHAOS_ROUTE=hosts: the nodes are given both servers and look for the primary themselves, without HAProxy.</summary>
    private static readonly bool ByHosts = Environment.GetEnvironmentVariable("CALLBACK_CHAOS_ROUTE") == "hosts";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string password;
    private readonly Daemon etcd;
    private readonly Daemon proxy;

    private HaCluster(string password, Daemon etcd, IReadOnlyList<PatroniNode> nodes, Daemon proxy, int proxyPort)
    {
        (this.password, this.etcd, Nodes, this.proxy, Port) = (password, etcd, nodes, proxy, proxyPort);
        State = new(nodes);
    }

    public IReadOnlyList<PatroniNode> Nodes { get; }

    public PatroniState State { get; }

    /// <summary>HAProxy's, behind which the leader is.</summary>
    public int Port { get; }

    public string ConnectionString(int? port = null, string user = IDatabaseServer.Role, string database = IDatabaseServer.Role)
    {
        var who = $"Username={user};Database={database};Password={password};Timeout=5";
        return ByHosts && user == IDatabaseServer.Role
            ? $"Host={string.Join(',', Nodes.Select(node => $"127.0.0.1:{node.Port}"))};Target Session Attributes=primary;{who}"
            : $"Host=127.0.0.1;Port={port ?? Port};{who}";
    }

    public static async Task<IDatabaseServer> StartAsync(RunFolder run)
    {
        // PostgreSQL's account has to get through to its folders.
        Template.Folder(run.Root);
        var password = RandomNumberGenerator.GetHexString(24);
        var (etcd, etcdPort) = await EtcdAsync(run);
        PatroniNode[] nodes = [await PatroniNode.MakeAsync(run, "database-1", etcdPort, password), await PatroniNode.MakeAsync(run, "database-2", etcdPort, password)];
        var (proxy, port) = await ProxyAsync(run, nodes);
        var cluster = new HaCluster(password, etcd, nodes, proxy, port);
        try
        {
            await cluster.BringUpAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public Task StopEtcdAsync() => etcd.StopAsync(Patience);

    public void StartEtcd() => etcd.Start();

    public async ValueTask DisposeAsync()
    {
        await proxy.StopAsync(Patience);
        await Task.WhenAll(Nodes.Select(node => node.StopAsync()));
        await etcd.StopAsync(Patience);
        State.Dispose();
    }

    private async Task BringUpAsync()
    {
        etcd.Start();
        proxy.Start();
        foreach (var node in Nodes)
            node.Start();
        await State.WaitAsync("that there are a leader and a synchronous standby", StartLimit, view => view.Whole);
        await Wait.UntilAsync("that HAProxy leads to the leader", StartLimit, LeadsAsync);
        await this.ExecuteAsync($"create role {IDatabaseServer.Role} login password '{password}'", "postgres");
        await this.ExecuteAsync($"grant pg_monitor to {IDatabaseServer.Role}", "postgres");
        await this.ExecuteAsync($"create database {IDatabaseServer.Role} owner {IDatabaseServer.Role}", "postgres");
    }

    private async Task<bool> LeadsAsync()
    {
        try
        {
            return !await this.OneAsync<bool>("select pg_is_in_recovery()", "postgres");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return false;
        }
    }

    private static async Task<(Daemon, int)> EtcdAsync(RunFolder run)
    {
        var folder = Template.Folder(run.Folder("etcd"));
        var port = Places.FreePort();
        var file = await Template.FillAsync("etcd.yml", folder, new Dictionary<string, string>
        {
            ["node"] = "referee",
            ["folder"] = folder,
            ["address"] = "127.0.0.1",
            ["port"] = $"{port}",
            ["peerPort"] = $"{Places.FreePort()}",
        });
        return (new(folder + ".log", "etcd", "--config-file", file), port);
    }

    private static async Task<(Daemon, int)> ProxyAsync(RunFolder run, PatroniNode[] nodes)
    {
        var folder = Template.Folder(run.Folder("haproxy"));
        var port = Places.FreePort();
        var file = await Template.FillAsync("haproxy.cfg", folder, new Dictionary<string, string>
        {
            ["address"] = "127.0.0.1",
            ["port"] = $"{port}",
            ["node1"] = $"127.0.0.1:{nodes[0].Port}",
            ["node2"] = $"127.0.0.1:{nodes[1].Port}",
            ["api1"] = $"{nodes[0].ApiPort}",
            ["api2"] = $"{nodes[1].ApiPort}",
        });
        return (new(folder + ".log", "/usr/sbin/haproxy", "-db", "-f", file), port);
    }
}
