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

    /// <summary>Commits without a time-out: a cancelled commit's fate is unknown, so it is never cancelled.</summary>
    public Task CommitAsync() => Transaction.CommitAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private CommandDefinition Command(string sql, object? args, CancellationToken ct) => new(sql, args, Transaction, cancellationToken: ct);
}
