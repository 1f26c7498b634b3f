using Callback.Database;

namespace Callback.FollowUps.Export;

public sealed record TracedExport(string ShopId, int ExportNo, string ActorName, string Reason, string Format, int RowCount, DateTimeOffset At);

/// <summary>Tells from the text of a leaked row which export it left in, and whose that was.</summary>
public sealed class TraceExport(Db db)
{
    private const string Find = """
        select shop_id, export_no, actor_name, reason, format, row_count, at
        from exports
        where export_no = any(@numbers)
            and row_count is not null
        order by export_no
        """;

    /// <param name="actor">Needs <see cref="Permission.ViewAudit"/>.</param>
    /// <param name="text">Anything that holds exported rows: a cell, a line, a whole file.</param>
    /// <param name="ct">Cancels the read.</param>
    public async Task<IReadOnlyList<TracedExport>> RunAsync(Actor actor, string text, CancellationToken ct)
    {
        actor.Demand(Permission.ViewAudit);
        var numbers = Watermark.ReadAll(text).Distinct().ToArray();
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QueryAsync<TracedExport>(Find, new { numbers }, ct);
    }
}
