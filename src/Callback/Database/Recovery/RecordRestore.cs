using Callback.Auditing;

namespace Callback.Database.Recovery;

/// <summary>
/// The first deed in a restored database: who was signed in when the backup was made is signed out, for a session that was ended since would be open again, and the restore is written down.
/// </summary>
public sealed class RecordRestore(Db db)
{
    private const string EndSessionsSql =
        """
        update user_sessions
        set ended_at = @now, end_reason = 'Revoked'
        where ended_at is null
        """;

    /// <returns>How many sessions were ended.</returns>
    public async Task<int> RunAsync(Actor actor, RestoredCluster restored, CancellationToken ct)
    {
        actor.Demand(Permission.ViewHealth);
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var now = await session.ClockAsync(ct);
        var ended = await session.ExecuteAsync(EndSessionsSql, new { now }, ct);
        var from = restored.Manifest;
        await AuditTrail.AppendAsync(
            session, null, actor, now, "database.restored", "database", new { from.At, from.SystemIdentifier, from.Timeline, from.EndLsn, from.ListSha256, now = restored.Timeline, ended }, ct);
        await session.CommitAsync();
        return ended;
    }
}
