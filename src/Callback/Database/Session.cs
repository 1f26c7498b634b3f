using Dapper;
using Npgsql;

namespace Callback.Database;

/// <summary>One transaction. What is not committed is undone when it is disposed.</summary>
public sealed class Session(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    public NpgsqlConnection Connection { get; } = connection;

    public NpgsqlTransaction Transaction { get; } = transaction;

    public Task<int> ExecuteAsync(string sql, object? args, CancellationToken ct) => Connection.ExecuteAsync(Command(sql, args, ct));

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? args, CancellationToken ct) =>
        (await Connection.QueryAsync<T>(Command(sql, args, ct))).AsList();

    public Task<T?> QuerySingleOrDefaultAsync<T>(string sql, object? args, CancellationToken ct) =>
        Connection.QuerySingleOrDefaultAsync<T>(Command(sql, args, ct));

    public Task<T> QuerySingleAsync<T>(string sql, object? args, CancellationToken ct) => Connection.QuerySingleAsync<T>(Command(sql, args, ct));

    /// <summary>The primary's clock, moved by the installation's offset: what the gate goes by. Not the transaction's start.</summary>
    public Task<DateTimeOffset> ClockAsync(CancellationToken ct) => QuerySingleAsync<DateTimeOffset>("select business_clock()", null, ct);

    /// <summary>
    /// Commits without a time-out: a cancelled commit's fate is unknown, so it is never cancelled. Under synchronous replication PostgreSQL answers a commit
    /// whose wait was cut short with success and a warning: the row may be gone after a failover, so that is no acknowledgement.
    /// </summary>
    /// <exception cref="CommitInDoubtException">The commit stands here and perhaps nowhere else.</exception>
    public async Task CommitAsync()
    {
        PostgresNotice? warning = null;
        NoticeEventHandler listen = (_, told) => warning = told.Notice.SqlState is PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.AdminShutdown ? told.Notice : warning;
        Connection.Notice += listen;
        try
        {
            // Not the transaction's own commit: that one is given up after the time-out of whatever command ran last.
            await using var commit = new NpgsqlCommand("commit", Connection, Transaction) { CommandTimeout = 0 };
            await commit.ExecuteNonQueryAsync(CancellationToken.None);
        }
        finally
        {
            Connection.Notice -= listen;
        }
        if (warning is not null)
            throw new CommitInDoubtException(warning.MessageText);
    }

    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private CommandDefinition Command(string sql, object? args, CancellationToken ct) => new(sql, args, Transaction, cancellationToken: ct);
}

/// <summary>The database committed, but its replica did not confirm it in time: a failover may lose it. Nothing may be told as saved on it, and nothing dialed.</summary>
public sealed class CommitInDoubtException(string warning) : Exception($"The database did not confirm the commit: {warning}");
