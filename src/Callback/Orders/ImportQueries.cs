using Callback.Database;
using Callback.Database.PersonalData;

namespace Callback.Orders;

/// <summary>Reads the record of imports.</summary>
public sealed class ImportQueries(Db db, PersonalDataVault vault)
{
    private const string Columns =
        """
        shop_id, import_id, source, file_name, format, as_of, actor_name, state, failure, bytes_total, bytes_read,
        rows_read, rows_new, rows_changed, rows_unchanged, rows_further, rows_rejected, started_at, ended_at
        """;

    private sealed record Row(
        ShopId ShopId, Guid ImportId, ImportSource Source, string? FileName, string? Format, DateTimeOffset AsOf, string ActorName, ImportState State, string? Failure,
        long? BytesTotal, long BytesRead, int RowsRead, int RowsNew, int RowsChanged, int RowsUnchanged, int RowsFurther, int RowsRejected,
        DateTimeOffset StartedAt, DateTimeOffset? EndedAt)
    {
        public ImportSummary Summary() => new(
            ShopId, ImportId, Source, FileName, Format, AsOf, ActorName, State, ImportJournal.Failure(Failure), BytesTotal, BytesRead,
            RowsRead, RowsNew, RowsChanged, RowsUnchanged, RowsFurther, RowsRejected, StartedAt, EndedAt);
    }

    public async Task<ImportSummary?> FindAsync(Actor actor, ShopId shop, Guid importId, CancellationToken ct)
    {
        actor.Demand(Permission.ImportOrders, shop);
        await using var session = await db.BeginAsync(shop, ct);
        return await FindAsync(session, shop, importId, ct);
    }

    internal static async Task<ImportSummary?> FindAsync(Session session, ShopId shop, Guid importId, CancellationToken ct) =>
        (await session.QuerySingleOrDefaultAsync<Row>(
            $"""
            select {Columns}
            from imports
            where shop_id = @shop and import_id = @importId
            """,
            new { shop, importId },
            ct))?.Summary();

    /// <summary>Newest first; requests of the API are left out, they would bury the files.</summary>
    /// <param name="before">Cursor: the started-at and id of the last one seen, or null for the first page.</param>
    public async Task<IReadOnlyList<ImportSummary>> ListAsync(Actor actor, ShopId shop, (DateTimeOffset StartedAt, Guid ImportId)? before, int limit, CancellationToken ct)
    {
        actor.Demand(Permission.ImportOrders, shop);
        await using var session = await db.BeginAsync(shop, ct);
        var rows = await session.QueryAsync<Row>(
            $"""
            select {Columns}
            from imports
            where shop_id = @shop and source <> 'Api'
                and (@startedAt::timestamptz is null or (started_at, import_id) < (@startedAt, @importId))
            order by started_at desc, import_id desc
            limit @limit
            """,
            new { shop, startedAt = before?.StartedAt, importId = before?.ImportId ?? Guid.Empty, limit = Math.Clamp(limit, 1, 200) },
            ct);
        return [.. rows.Select(row => row.Summary())];
    }

    private sealed record Stored(int Line, string? ColumnName, RejectReason Reason, byte[] CellsCipher);

    /// <param name="afterLine">Cursor: the last line seen, or 0.</param>
    public async Task<IReadOnlyList<RejectedRow>> RejectedAsync(Actor actor, ShopId shop, Guid importId, int afterLine, int limit, CancellationToken ct)
    {
        actor.Demand(Permission.ImportOrders, shop);
        await using var session = await db.BeginAsync(shop, ct);
        var rows = await session.QueryAsync<Stored>(
            """
            select line, column_name, reason, cells_cipher
            from rejected_rows
            where shop_id = @shop and import_id = @importId and line > @afterLine
            order by line, ordinal
            limit @limit
            """,
            new { shop, importId, afterLine, limit = Math.Clamp(limit, 1, 10_000) },
            ct);
        return [.. rows.Select(row =>
        {
            var (value, cells) = ImportJournal.Open(vault, shop, importId, row.Line, row.CellsCipher);
            return new RejectedRow(row.Line, row.ColumnName, value, row.Reason, cells);
        })];
    }
}
