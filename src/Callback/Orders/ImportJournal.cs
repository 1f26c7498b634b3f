using System.Text.Encodings.Web;
using System.Text.Json;
using Callback.Database;
using Callback.Database.PersonalData;

namespace Callback.Orders;

/// <summary>The record of imports: who, what, how far, what was rejected.</summary>
internal static class ImportJournal
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task BeginAsync(Session session, ShopId shop, Guid importId, ImportSource source, string? fileName, Actor actor, DateTimeOffset now, CancellationToken ct, DateTimeOffset? asOf = null) =>
        session.ExecuteAsync(
            """
            insert into imports (shop_id, import_id, source, file_name, as_of, actor_id, actor_name, state, started_at, progress_at)
            values (@shop, @importId, @source, @fileName, @asOf, @actorId, @actorName, 'Running', @now, @now)
            """,
            new { shop, importId, source = source.ToString(), fileName, actorId = actor.UserId, actorName = actor.Name, now, asOf = asOf ?? now },
            ct);

    public static Task UnderstoodAsync(
        Session session, ShopId shop, Guid importId, byte[] sha256, string format, IReadOnlyList<string> header, DateTimeOffset asOf, long bytesTotal, CancellationToken ct) =>
        session.ExecuteAsync(
            """
            update imports
            set sha256 = @sha256, format = @format, header = @header, as_of = @asOf, bytes_total = @bytesTotal
            where shop_id = @shop and import_id = @importId
            """,
            new { shop, importId, sha256, format, header = header.ToArray(), asOf, bytesTotal },
            ct);

    /// <summary>The as-of of an earlier import of the same bytes, so that the same file is the same telling.</summary>
    public static Task<DateTimeOffset?> AsOfOfSameFileAsync(Session session, ShopId shop, byte[] sha256, CancellationToken ct) =>
        session.QuerySingleOrDefaultAsync<DateTimeOffset?>(
            """
            select max(as_of)
            from imports
            where shop_id = @shop and sha256 = @sha256
            """,
            new { shop, sha256 },
            ct);

    public static Task ProgressAsync(
        Session session, ShopId shop, Guid importId, (int Rows, int New, int Changed, int Unchanged, int Further, int Rejected) counts, long bytesRead, DateTimeOffset now, CancellationToken ct) =>
        session.ExecuteAsync(
            """
            update imports
            set rows_read = rows_read + @Rows, rows_new = rows_new + @New, rows_changed = rows_changed + @Changed, rows_unchanged = rows_unchanged + @Unchanged,
                rows_further = rows_further + @Further, rows_rejected = rows_rejected + @Rejected, bytes_read = @bytesRead, progress_at = @now
            where shop_id = @shop and import_id = @importId
            """,
            new { shop, importId, counts.Rows, counts.New, counts.Changed, counts.Unchanged, counts.Further, counts.Rejected, bytesRead, now },
            ct);

    public static Task KeepRejectedAsync(Session session, ShopId shop, Guid importId, IReadOnlyList<RejectedRow> rows, PersonalDataVault vault, CancellationToken ct) =>
        session.ExecuteAsync(
            """
            insert into rejected_rows (shop_id, import_id, line, ordinal, column_name, reason, cells_cipher)
            select @shop, @importId, line, 0, column_name, reason, cells_cipher
            from unnest(@lines, @columns, @reasons, @ciphers) as r (line, column_name, reason, cells_cipher)
            """,
            new
            {
                shop,
                importId,
                lines = rows.Select(row => row.Line).ToArray(),
                columns = rows.Select(row => row.Column).ToArray(),
                reasons = rows.Select(row => row.Reason.ToString()).ToArray(),
                ciphers = rows.Select(row => vault.Encrypt(Place(shop, importId, row.Line), JsonSerializer.Serialize(new Kept(row.Value, row.Cells), Form))).ToArray(),
            },
            ct);

    public static (string? Value, IReadOnlyList<string> Cells) Open(PersonalDataVault vault, ShopId shop, Guid importId, int line, byte[] cipher)
    {
        var kept = JsonSerializer.Deserialize<Kept>(vault.Decrypt(Place(shop, importId, line), cipher), Form)!;
        return (kept.Value, kept.Cells);
    }

    public static Task EndAsync(Session session, ShopId shop, Guid importId, Problem? failure, DateTimeOffset now, CancellationToken ct) =>
        session.ExecuteAsync(
            """
            update imports
            set state = @state, failure = @failure, ended_at = @now, progress_at = @now
            where shop_id = @shop and import_id = @importId and state = 'Running'
            """,
            new
            {
                shop,
                importId,
                state = (failure is null ? ImportState.Done : ImportState.Failed).ToString(),
                failure = failure is null ? null : JsonSerializer.Serialize(failure, Form),
                now,
            },
            ct);

    public static Problem? Failure(string? stored) => stored is null ? null : JsonSerializer.Deserialize<Problem>(stored, Form);

    private static DataPlace Place(ShopId shop, Guid importId, int line) => new(shop.Value, "rejected_rows", "cells_cipher", $"{importId}/{line}");

    private sealed record Kept(string? Value, IReadOnlyList<string> Cells);
}
