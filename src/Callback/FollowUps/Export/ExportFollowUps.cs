using Callback.CallScripts;
using Callback.Database;
using Callback.FollowUps.Log;
using Dapper;

namespace Callback.FollowUps.Export;

public enum ExportFormat
{
    Csv,
    Xlsx,
}

/// <param name="Filter">Which rows.</param>
/// <param name="Reason">Why the data leaves the system; kept in the audit. At least 5 characters.</param>
/// <param name="Language">Of the headings: zh-CN or en.</param>
public sealed record ExportInput(ShopId Shop, LogFilter Filter, ExportFormat Format, string Reason, string Language);

/// <param name="FileName">What to call it: shop, number and day.</param>
/// <param name="ExportNo">The number that every row carries unseen.</param>
public sealed record ExportedFile(string FileName, int ExportNo, int Rows, string Sha256);

/// <summary>Writes the filtered log into a file. Nothing leaves before the export stands in the audit with its row count and checksum.</summary>
public sealed class ExportFollowUps(Db db, TimeProvider time, OutcomeCatalogue catalogue)
{
    /// <summary>The most rows one export may carry; more must be narrowed by date.</summary>
    public const int MaxRows = 100_000;

    /// <param name="actor">Needs <see cref="Permission.ExportLog"/>.</param>
    /// <param name="input">What, and why.</param>
    /// <param name="file">Written, and readable for the checksum; empty at the start.</param>
    /// <param name="ct">Cancels; then no export happened.</param>
    /// <exception cref="InvalidInputException">No reason, or more than <see cref="MaxRows"/> rows.</exception>
    public async Task<ExportedFile> RunAsync(Actor actor, ExportInput input, Stream file, CancellationToken ct)
    {
        actor.Demand(Permission.ExportLog, input.Shop);
        await using var session = await db.BeginAsync(input.Shop, ct);
        var export = await ExportJournal.BeginAsync(session, actor, input.Shop, input.Reason, WithoutPersonalData(input.Filter), input.Format, time.GetUtcNow(), ct);
        var rows = await WriteRowsAsync(session, actor, input, export.ExportNo, file, ct);
        var exported = await ExportJournal.EndAsync(session, actor, export, "log.exported", "callback", file, rows, ct);
        await session.CommitAsync();
        return exported;
    }

    private async Task<int> WriteRowsAsync(Session session, Actor actor, ExportInput input, int exportNo, Stream file, CancellationToken ct)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(
            await session.QuerySingleAsync<string>("select zone from shops where shop_id = @shop", new { shop = input.Shop.Value }, ct));
        var query = await LogQuery.BuildAsync(session, actor, input.Shop, input.Filter, null, ct);
        query.Parameters.Add("limit", MaxRows + 1);
        using ITableWriter table = input.Format == ExportFormat.Csv ? new CsvTable(file) : new XlsxTable(file);
        var form = new RecordForm(zone, catalogue, Chinese: input.Language != "en");
        table.Row(RecordColumn.All.Select(column => column.Heading(form)));
        var rows = 0;
        await foreach (var row in session.Connection.QueryUnbufferedAsync<FollowUpRow>(query.Sql("limit @limit"), query.Parameters, session.Transaction).WithCancellation(ct))
        {
            if (++rows > MaxRows)
                throw new InvalidInputException(Problem.Of("export-too-large", "from", ("most", MaxRows.ToString("N0", null))));
            table.Row(RecordColumn.All.Select(column => column.Cell(row with { Products = Watermark.Mark(row.Products, exportNo) }, form)));
        }
        return rows;
    }

    private static object WithoutPersonalData(LogFilter filter) => filter with { Text = filter.Text is null ? null : "given" };
}
