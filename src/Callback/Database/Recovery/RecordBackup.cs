using Callback.Auditing;

namespace Callback.Database.Recovery;

/// <param name="At">When it was finished.</param>
/// <param name="Folder">Where it was written.</param>
/// <param name="Bytes">Its size.</param>
public sealed record KnownBackup(DateTimeOffset At, string Folder, long Bytes);

/// <summary>Writes down that a backup was made, and tells the last one. A restored database knows of none after its own.</summary>
public sealed class RecordBackup(Db db)
{
    private const string Subject = "database";

    private const string LastSql =
        """
        select at, details ->> 'folder' as folder, (details ->> 'bytes')::bigint as bytes
        from audit
        where shop_id = @Installation
          and subject = @Subject
          and action = 'database.backed-up'
        order by at desc, seq desc
        limit 1
        """;

    public async Task RunAsync(Actor actor, string folder, BackupManifest made, CancellationToken ct)
    {
        actor.Demand(Permission.ViewHealth);
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        await AuditTrail.AppendAsync(
            session, null, actor, await session.ClockAsync(ct), "database.backed-up", Subject, new { folder, made.Bytes, made.Files, made.At, made.Timeline, made.EndLsn, made.ListSha256 }, ct);
        await session.CommitAsync();
    }

    /// <returns>Null: none is known.</returns>
    public async Task<KnownBackup?> LastAsync(Actor actor, CancellationToken ct)
    {
        actor.Demand(Permission.ViewHealth);
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QuerySingleOrDefaultAsync<KnownBackup>(LastSql, new { AuditTrail.Installation, Subject }, ct);
    }
}
