using System.Text;
using Callback.Auditing;
using Callback.Database;

namespace Callback.Orders;

/// <summary>
/// Writes an import's rejected rows as CSV under the file's own header, so that they can be corrected and imported again; two columns at the end say what was wrong and are
/// ignored by the import. Cells that a spreadsheet would take for a formula get an apostrophe in front, which the import takes off. Audited: whole rows with phones go out.
/// </summary>
public sealed class HandOutRejectedRows(Db db, ImportQueries queries, TimeProvider time)
{
    private const int PageRows = 1000;

    /// <returns>False: there is no such import, or its header is not known.</returns>
    public async Task<bool> RunAsync(Actor actor, ShopId shop, Guid importId, Stream target, CancellationToken ct)
    {
        actor.Demand(Permission.ImportOrders, shop);
        if (await BeginAsync(actor, shop, importId, ct) is not { } header)
            return false;
        await using var writer = new StreamWriter(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 64 * 1024, leaveOpen: true);
        await WriteAsync(writer, [.. header, "callback:line", "callback:reason"], ct);
        var line = 0;
        while (true)
        {
            var rows = await queries.RejectedAsync(actor, shop, importId, line, PageRows, ct);
            foreach (var row in rows)
            {
                var cells = row.Cells.Concat(Enumerable.Repeat("", Math.Max(0, header.Length - row.Cells.Count))).Take(header.Length);
                await WriteAsync(writer, [.. cells, $"{row.Line}", row.Column is null ? $"{row.Reason}" : $"{row.Reason}: {row.Column}"], ct);
            }
            if (rows.Count < PageRows)
                return true;
            line = rows[^1].Line;
        }
    }

    private async Task<string[]?> BeginAsync(Actor actor, ShopId shop, Guid importId, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(shop, ct);
        var header = (await session.QueryAsync<string[]?>("select header from imports where shop_id = @shop and import_id = @importId", new { shop, importId }, ct)).SingleOrDefault();
        if (header is null)
            return null;
        await AuditTrail.AppendAsync(session, shop, actor, time.GetUtcNow(), "rejected-rows.handed-out", $"import:{importId}", new { }, ct);
        await session.CommitAsync();
        return header;
    }

    private static Task WriteAsync(StreamWriter writer, IEnumerable<string> cells, CancellationToken ct) =>
        writer.WriteAsync($"{string.Join(',', cells.Select(Cell))}\r\n".AsMemory(), ct);

    private static string Cell(string text)
    {
        var guarded = SpreadsheetGuard.Cell(text);
        return guarded.AsSpan().ContainsAny(",\"\r\n") ? $"\"{guarded.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : guarded;
    }
}
