using System.Security.Cryptography;
using System.Text.Json;
using Callback.Auditing;
using Callback.Database;

namespace Callback.FollowUps.Export;

/// <summary>Every export has a number before its first row and stands in the audit with its row count and checksum before it leaves.</summary>
internal static class ExportJournal
{
    private const string Begin = """
        insert into exports (shop_id, export_id, actor_id, actor_name, reason, filter, format, at)
        values (@shop, @exportId, @actorId, @actorName, @reason, @filter::jsonb, @format, @at)
        returning export_no
        """;

    private const string End = """
        update exports
        set row_count = @rows, sha256 = @sha256
        where shop_id = @shop
            and export_id = @exportId
        """;

    /// <exception cref="InvalidInputException"><c>reason-too-short</c>.</exception>
    public static async Task<OpenExport> BeginAsync(
        Session session, Actor actor, ShopId shop, string reason, object filter, ExportFormat format, DateTimeOffset now, CancellationToken ct)
    {
        reason = reason.Trim();
        if (reason.Length < 5)
            throw new InvalidInputException(Problem.Of("reason-too-short", "reason", ("least", "5")));
        var exportId = Ids.New(now);
        var exportNo = await session.QuerySingleAsync<int>(
            Begin,
            new { shop = shop.Value, exportId, actorId = actor.UserId, actorName = actor.Name, reason, filter = JsonSerializer.Serialize(filter), format = format.ToString(), at = now },
            ct);
        return new(shop, exportId, exportNo, reason, format, now);
    }

    /// <param name="what">The deed in the audit, for example <c>log.exported</c>.</param>
    public static async Task<ExportedFile> EndAsync(Session session, Actor actor, OpenExport export, string what, string name, Stream file, int rows, CancellationToken ct)
    {
        file.Position = 0;
        var sha256 = await SHA256.HashDataAsync(file, ct);
        file.Position = 0;
        await session.ExecuteAsync(End, new { shop = export.Shop.Value, export.ExportId, rows, sha256 }, ct);
        var checksum = Convert.ToHexStringLower(sha256);
        await AuditTrail.AppendAsync(
            session, export.Shop, actor, export.At, what, $"export:{export.ExportNo}", new { rows, sha256 = checksum, reason = export.Reason, format = export.Format.ToString() }, ct);
        var ending = export.Format == ExportFormat.Csv ? "csv" : "xlsx";
        return new($"{name}-{export.Shop}-{export.At:yyyyMMdd}-{export.ExportNo}.{ending}", export.ExportNo, rows, checksum);
    }
}

internal sealed record OpenExport(ShopId Shop, Guid ExportId, int ExportNo, string Reason, ExportFormat Format, DateTimeOffset At);
