using Dapper;
using Npgsql;

namespace Callback.Database;

/// <summary>One transaction. What is not committed is undone when it is disposed.</summary>
public sealed class Session(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    // Our statements are many and short: compiling one costs more than it ever saves (measured 390 ms of 1.9 s for 10,000 orders' facts).
    private const string Opening = "select set_config('app.shops', @openingScope, true), set_config('jit', 'off', true)";

    // A plan that is kept was perhaps made when the table was empty, so it must not rely on that either.
    private const string ByKey = ", set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)";

    private (string Sql, string Scope)? opening;

    /// <param name="connection">Open.</param>
    /// <param name="transaction">Begun.</param>
    /// <param name="scope">The shops it may see.</param>
    /// <param name="byKey">See <see cref="Db.BeginByKeyAsync(ShopScope, CancellationToken)"/>.</param>
    internal Session(NpgsqlConnection connection, NpgsqlTransaction transaction, ShopScope scope, bool byKey)
        : this(connection, transaction) => opening = (Opening + (byKey ? ByKey : "") + ";\n", scope.Setting);

    /// <summary>For work below Dapper, once the session is open.</summary>
    public NpgsqlConnection Connection { get; } = connection;

    public NpgsqlTransaction Transaction { get; } = transaction;

    /// <summary>Says which shops it may see, before its first statement instead of together with it.</summary>
    internal Task OpenAsync(CancellationToken ct) => ExecuteAsync("", null, ct);

    public Task<int> ExecuteAsync(string sql, object? args, CancellationToken ct) => Connection.ExecuteAsync(Command(sql, args, ct));

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? args, CancellationToken ct)
    {
        if (opening is null)
            return (await Connection.QueryAsync<T>(Command(sql, args, ct))).AsList();
        await using var results = await ResultsAsync(sql, args, ct);
        return (await results.ReadAsync<T>()).AsList();
    }

    /// <summary>Several statements in one round trip; those that return rows are read in their order.</summary>
    public async Task<(IReadOnlyList<T1> First, IReadOnlyList<T2> Second)> QueryAsync<T1, T2>(string sql, object? args, CancellationToken ct)
    {
        await using var results = await ResultsAsync(sql, args, ct);
        return ((await results.ReadAsync<T1>()).AsList(), (await results.ReadAsync<T2>()).AsList());
    }

    public async Task<T?> QuerySingleOrDefaultAsync<T>(string sql, object? args, CancellationToken ct)
    {
        if (opening is null)
            return await Connection.QuerySingleOrDefaultAsync<T>(Command(sql, args, ct));
        await using var results = await ResultsAsync(sql, args, ct);
        return await results.ReadSingleOrDefaultAsync<T>();
    }

    public async Task<T> QuerySingleAsync<T>(string sql, object? args, CancellationToken ct)
    {
        if (opening is null)
            return await Connection.QuerySingleAsync<T>(Command(sql, args, ct));
        await using var results = await ResultsAsync(sql, args, ct);
        return await results.ReadSingleAsync<T>();
    }

    /// <summary>The primary's clock, moved by the installation's offset: what the gate goes by. Not the transaction's start.</summary>
    public Task<DateTimeOffset> ClockAsync(CancellationToken ct) => QuerySingleAsync<DateTimeOffset>("select business_clock()", null, ct);

    /// <summary>
    /// Commits without a time-out: a cancelled commit's fate is unknown, so it is never cancelled. Under synchronous replication PostgreSQL answers a commit
    /// whose wait was cut short with success and a warning: the row may be gone after a failover, so that is no acknowledgement.
    /// </summary>
    /// <remarks>The warning bears only the general state 01000 and its text is translated, so every warning during a commit counts as that one; nothing else warns there.</remarks>
    /// <exception cref="CommitInDoubtException">The commit stands here and perhaps nowhere else.</exception>
    public async Task CommitAsync()
    {
        PostgresNotice? warning = null;
        NoticeEventHandler listen = (_, told) => warning = told.Notice.InvariantSeverity == "WARNING" ? told.Notice : warning;
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

    private async Task<SqlMapper.GridReader> ResultsAsync(string sql, object? args, CancellationToken ct)
    {
        var opens = opening is not null;
        var results = await Connection.QueryMultipleAsync(Command(sql, args, ct));
        if (opens)
            await results.ReadAsync();
        return results;
    }

    /// <summary>The first command of the transaction brings the opening along, in the same round trip.</summary>
    private CommandDefinition Command(string sql, object? args, CancellationToken ct)
    {
        if (opening is not { } first)
            return new(sql, args, Transaction, cancellationToken: ct);
        opening = null;
        var all = new DynamicParameters(args);
        all.Add("openingScope", first.Scope);
        return new(first.Sql + sql, all, Transaction, cancellationToken: ct);
    }
}

/// <summary>The database committed, but its replica did not confirm it in time: a failover may lose it. Nothing may be told as saved on it, and nothing dialed.</summary>
public sealed class CommitInDoubtException(string warning) : Exception($"The database did not confirm the commit: {warning}");
