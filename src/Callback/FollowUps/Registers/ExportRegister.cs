using Callback.CallScripts;
using Callback.Database;
using Callback.FollowUps.Export;
using Dapper;

namespace Callback.FollowUps.Registers;

/// <param name="Reason">Why the data leaves the system; kept in the audit. At least 5 characters.</param>
/// <param name="Language">Of the headings: zh-CN or en.</param>
public sealed record ExportRegisterInput(ShopId Shop, RegisterKind Kind, RegisterFilter Filter, string Reason, string Language);

/// <summary>Writes a register's entries into a CSV file, guarded against formulas, marked and audited like every export.</summary>
public sealed class ExportRegister(Db db, TimeProvider time, OutcomeCatalogue catalogue)
{
    /// <param name="actor">Needs <see cref="Permission.ExportLog"/>.</param>
    /// <param name="input">What, and why.</param>
    /// <param name="file">Written, and readable for the checksum; empty at the start.</param>
    /// <param name="ct">Cancels; then no export happened.</param>
    /// <exception cref="InvalidInputException"><c>reason-too-short</c>, <c>period-invalid</c>, <c>export-too-large</c>.</exception>
    public async Task<ExportedFile> RunAsync(Actor actor, ExportRegisterInput input, Stream file, CancellationToken ct)
    {
        actor.Demand(Permission.ExportLog, input.Shop);
        await using var session = await db.BeginAsync(input.Shop, ct);
        var (from, until, zone) = await input.Filter.PeriodAsync(session, input.Shop, ct);
        var name = input.Kind == RegisterKind.Couriers ? "courier-cases" : "product-problems";
        var export = await ExportJournal.BeginAsync(session, actor, input.Shop, input.Reason, new { register = name, input.Filter }, ExportFormat.Csv, time.GetUtcNow(), ct);
        var args = new DynamicParameters(new { shop = input.Shop.Value, from, until, name = input.Filter.Name, cause = input.Filter.Cause, limit = ExportFollowUps.MaxRows + 1 });
        var rows = session.Connection.QueryUnbufferedAsync<RegisterEntry>(RegisterSql.Rows(input.Kind, input.Filter, null, args), args, session.Transaction);
        var written = await WriteAsync(rows.WithCancellation(ct), input, TimeZoneInfo.FindSystemTimeZoneById(zone), export.ExportNo, file);
        var exported = await ExportJournal.EndAsync(session, actor, export, "register.exported", name, file, written, ct);
        await session.CommitAsync();
        return exported;
    }

    private async Task<int> WriteAsync(
        System.Runtime.CompilerServices.ConfiguredCancelableAsyncEnumerable<RegisterEntry> rows, ExportRegisterInput input, TimeZoneInfo zone, int exportNo, Stream file)
    {
        using var table = new CsvTable(file);
        var form = new RecordForm(zone, catalogue, Chinese: input.Language != "en");
        table.Row(Headings(input.Kind, form.Chinese));
        var written = 0;
        await foreach (var row in rows)
        {
            if (++written > ExportFollowUps.MaxRows)
                throw new InvalidInputException(Problem.Of("export-too-large", "from", ("most", ExportFollowUps.MaxRows.ToString("N0", null))));
            table.Row([form.Local(row.At), Watermark.Mark(row.Name, exportNo), row.Detail, Cause(row.Cause, form), row.OrderNo, Certain(row, input.Kind, form), row.Note, row.AgentName]);
        }
        return written;
    }

    private static string[] Headings(RegisterKind kind, bool chinese) => (kind, chinese) switch
    {
        (RegisterKind.Couriers, true) => ["日期时间", "快递公司", "运单号", "问题", "订单编号", "是否明确", "说明", "坐席"],
        (RegisterKind.Couriers, false) => ["Date and time", "Courier", "Tracking number", "Problem", "Order number", "Certain", "Note", "Agent"],
        (_, true) => ["日期时间", "商品", "规格", "问题", "订单编号", "是否明确", "说明", "坐席"],
        _ => ["Date and time", "Product", "Variant", "Problem", "Order number", "Certain", "Note", "Agent"],
    };

    private static string Cause(string code, RecordForm form) => form.Name(form.Catalogue.FindReason(code)?.Label ?? form.Catalogue.FindTaskKind(code)?.Label, code);

    private static string Certain(RegisterEntry row, RegisterKind kind, RecordForm form) =>
        kind == RegisterKind.Couriers || row.Certain ? form.Chinese ? "是" : "yes" : form.Chinese ? "否" : "no";
}
