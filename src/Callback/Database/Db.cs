using Npgsql;

namespace Callback.Database;

/// <summary>The way to the database: every statement runs in a transaction that names the shops it may see.</summary>
public sealed class Db(NpgsqlDataSource source)
{
    public NpgsqlDataSource Source { get; } = source;

    public async Task<Session> BeginAsync(ShopScope scope, CancellationToken ct)
    {
        var session = await BeginAsync(scope, byKey: false, ct);
        try
        {
            await session.OpenAsync(ct);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public Task<Session> BeginAsync(ShopId shop, CancellationToken ct) => BeginAsync(ShopScope.Of(shop), ct);

    /// <summary>
    /// For work whose every statement finds few rows by key: each is planned once a connection instead of once a run, and goes by an index. Not for lists with optional filters, whose
    /// plan depends on the values. (Planning was two thirds of the database's time for a hold.)
    /// </summary>
    public Task<Session> BeginByKeyAsync(ShopScope scope, CancellationToken ct) => BeginAsync(scope, byKey: true, ct);

    /// <inheritdoc cref="BeginByKeyAsync(ShopScope, CancellationToken)"/>
    public Task<Session> BeginByKeyAsync(ShopId shop, CancellationToken ct) => BeginByKeyAsync(ShopScope.Of(shop), ct);

    private async Task<Session> BeginAsync(ShopScope scope, bool byKey, CancellationToken ct)
    {
        var connection = await Source.OpenConnectionAsync(ct);
        try
        {
            return new(connection, await connection.BeginTransactionAsync(ct), scope, byKey);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
