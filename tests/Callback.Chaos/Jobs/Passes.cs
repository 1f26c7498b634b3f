using Callback.Chaos.Ground;
using Callback.Database;
using Callback.Database.PersonalData;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Callback.Chaos.Jobs;

/// <summary>A database of the cluster with the backlog, on which every pass is run in this process, by so many nodes at the same moment.</summary>
internal sealed class Passes : IAsyncDisposable
{
    private const int MostRounds = 8;

    private readonly Stage[] nodes;

    private Passes(Stage[] nodes) => this.nodes = nodes;

    public static async Task<Passes> OpenAsync(PgCluster cluster, string database, int nodes, string keyring)
    {
        await cluster.ExecuteAsync($"create database {database} owner {IDatabaseServer.Role}", "postgres");
        var passes = new Passes([.. Enumerable.Range(0, nodes).Select(_ => Stage.Join(cluster.ConnectionString(database: database), Keyring.Parse(keyring), Events.Forgeries.Account))]);
        await new Migrator(passes.nodes[0].Ground.Source).RunAsync(default);
        await Backlog.FurnishAsync(passes.nodes[0]);
        return passes;
    }

    /// <summary>Writes one more part and runs all passes until nothing changes any more.</summary>
    /// <returns>What stands then.</returns>
    public async Task<string> RunAsync(Backlog part)
    {
        await part.WriteAsync(nodes[0]);
        var state = "";
        for (var round = 0; round < MostRounds; round++)
        {
            foreach (var name in nodes[0].Services.GetServices<IPass>().Select(pass => pass.Name))
                await Task.WhenAll(nodes.Select(node => RunAsync(node, name)));
            if (await Backlog.StateAsync(nodes[0]) is var after && after == state)
                return state;
            else
                state = after;
        }
        throw new InvalidOperationException($"The passes come to no end within {MostRounds} rounds.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    private static async Task RunAsync(Stage node, string name)
    {
        var pass = node.Services.GetServices<IPass>().Single(one => one.Name == name);
        try
        {
            await pass.RunOnceAsync(Wait.Now, default);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure)
        {
            // A pass that met another one: it comes round again.
        }
    }
}
