using Callback.Database.Embedded;
using Npgsql;

namespace Callback.Database.Recovery;

/// <summary>What the database that is set aside knows and the restored one does not: counted from the moment the backup began, so at most this much.</summary>
public sealed record LostRecords(int Attempts, int Results, int Suppressions, int Orders)
{
    private const string Sql =
        """
        select
            (select count(*) from attempts where gated_at >= @since)::integer as attempts,
            (select count(*) from results where at >= @since)::integer as results,
            (select count(*) from suppressions where created_at >= @since)::integer as suppressions,
            (select count(*) from orders where updated_at >= @since)::integer as orders
        """;

    /// <returns>Null: the old database does not open, so nobody can tell.</returns>
    public static async Task<LostRecords?> CountAsync(EmbeddedPostgresOptions old, DateTimeOffset since, CancellationToken ct)
    {
        if (new ClusterLayout(old.DataFolder).MadeBy() is null)
            return null;
        try
        {
            await using var postgres = await EmbeddedPostgres.OpenAsync(old, serve: false, ct);
            await using var source = DapperSetup.OpenSource(postgres.ConnectionString, 2);
            await using var session = await new Db(source).BeginAsync(ShopScope.All, ct);
            return await session.QuerySingleAsync<LostRecords>(Sql, new { since }, ct);
        }
        catch (Exception e) when (e is RefusalException or NpgsqlException or IOException)
        {
            return null;
        }
    }
}
