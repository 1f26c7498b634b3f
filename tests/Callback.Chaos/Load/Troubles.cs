using Callback.Chaos.Ground;
using Npgsql;

namespace Callback.Chaos.Load;

/// <summary>What is done to a database that stays up: it has no connection to give, no orders to read, or throws everybody out.</summary>
internal sealed class Troubles(PgCluster cluster)
{
    private static readonly TimeSpan BetweenTerminations = TimeSpan.FromMilliseconds(100);

    private const string Terminate = $"select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = '{IDatabaseServer.Role}'";

    /// <summary>The program may have one connection where it wants a pool on each node.</summary>
    public async Task ExhaustedAsync(TimeSpan span, CancellationToken ct)
    {
        await cluster.ExecuteAsync($"alter role {IDatabaseServer.Role} connection limit 1", "postgres");
        try
        {
            await cluster.ExecuteAsync(Terminate, "postgres");
            await Wait.ForAsync(span, ct);
        }
        finally
        {
            await cluster.ExecuteAsync($"alter role {IDatabaseServer.Role} connection limit -1", "postgres");
        }
    }

    /// <summary>Somebody holds all orders; whoever reads or writes one waits.</summary>
    public async Task LockedAsync(TimeSpan span, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString(user: "postgres") + ";Pooling=false;Command Timeout=60");
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var take = new NpgsqlCommand("lock table orders in access exclusive mode", connection, transaction))
            await take.ExecuteNonQueryAsync(ct);
        await Wait.ForAsync(span, ct);
        await transaction.RollbackAsync(ct);
    }

    /// <returns>How many backends were ended.</returns>
    public async Task<long> TerminatedAsync(TimeSpan span, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString(user: "postgres", database: "postgres"));
        var ended = 0L;
        for (var until = Wait.Now + span; Wait.Now < until; await Wait.ForAsync(BetweenTerminations, ct))
        {
            await using var command = source.CreateCommand(Terminate);
            ended += (long)(await command.ExecuteScalarAsync(ct))!;
        }
        return ended;
    }
}
