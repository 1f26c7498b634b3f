using System.Globalization;
using Callback.Auditing;
using Callback.Database;
using CsvHelper;

namespace Callback.Suppression;

/// <summary>
/// Writes the shop's list as CSV (UTF-8 with byte order mark). It holds no numbers, because there are none in the clear: a phone stands with its last digits and
/// its blind index, which the same shop can import again.
/// </summary>
public sealed class ExportSuppressions(Db db, TimeProvider time)
{
    private const int Page = 5_000;

    private static readonly string[] Header =
        ["scope", "label", "key", "order", "purpose", "reason", "source", "do_not_call", "created_at", "created_by", "expires", "lifted_at", "lifted_by"];

    /// <returns>The number of rows.</returns>
    public async Task<int> RunAsync(Actor actor, ShopId shop, Stream file, CancellationToken ct)
    {
        actor.Demand(Permission.EditSuppressions, shop);
        using var csv = CsvWriter.Create(file, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true);
        Write(csv, Header);
        var rows = 0;
        await using var session = await db.BeginAsync(shop, ct);
        for (var after = Guid.Empty; ;)
        {
            var page = await PageAsync(session, shop, after, ct);
            foreach (var row in page)
                Write(csv, row.Cells());
            rows += page.Count;
            if (page.Count < Page)
                break;
            after = page[^1].SuppressionId;
        }
        await AuditTrail.AppendAsync(session, shop, actor, time.GetUtcNow(), "suppressions.exported", "suppressions", new { rows }, ct);
        await session.CommitAsync();
        return rows;
    }

    private static Task<IReadOnlyList<Row>> PageAsync(Session session, ShopId shop, Guid after, CancellationToken ct) => session.QueryAsync<Row>(
        """
        select suppression_id, scope, label, encode(person_key, 'hex') as key, order_no, purpose, reason, source, do_not_call, created_at, actor_name, expires_at,
            lifted_at, lifted_by
        from suppressions
        where shop_id = @shop and suppression_id > @after
        order by suppression_id
        limit @Page
        """,
        new { shop, after, Page },
        ct);

    private static void Write(CsvWriter csv, IEnumerable<string?> cells)
    {
        foreach (var cell in cells)
            csv.WriteField(SpreadsheetGuard.Cell(cell));
        csv.EndRecord();
    }

    private sealed record Row(
        Guid SuppressionId, string Scope, string Label, string? Key, string? OrderNo, string? Purpose, string Reason, string Source, bool DoNotCall,
        DateTimeOffset CreatedAt, string ActorName, DateTimeOffset? ExpiresAt, DateTimeOffset? LiftedAt, string? LiftedBy)
    {
        public string?[] Cells() =>
        [
            Scope, Label, Key, OrderNo, Purpose, Reason, Source, DoNotCall ? "true" : "false", At(CreatedAt), ActorName, At(ExpiresAt), At(LiftedAt), LiftedBy,
        ];

        private static string? At(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
