using Callback.Auditing;
using Callback.Database;

namespace Callback.Calls;

/// <param name="Reconciled">No attempt is undecided any more; otherwise nothing was adopted.</param>
/// <param name="Undecided">Attempts that still stand as Dialing or Unknown.</param>
public sealed record AdoptedEpoch(bool Reconciled, int Undecided, long SystemIdentifier, int Timeline);

/// <summary>
/// After a failover or a restore the gate refuses to dial, because calls may have been made that this database does not know. Once every line was reconciled,
/// somebody says that this server is the one now. Lines that keep no list (manual, practice) have nothing to be adopted from: what was dialed after the point
/// that was restored is not known then, and the answer to that is the shop's, not the program's.
/// </summary>
public sealed class AdoptEpoch(Db db)
{
    public async Task<AdoptedEpoch> RunAsync(Actor actor, CancellationToken ct)
    {
        actor.Demand(Permission.ViewHealth);
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var clock = await GateClock.ReadAsync(session, ct);
        var undecided = await session.QuerySingleAsync<int>("select count(*)::integer from attempts where state in ('Dialing', 'Unknown')", null, ct);
        if (undecided > 0)
            return new(false, undecided, clock.System, clock.Timeline);
        await session.ExecuteAsync(
            """
            update installation
            set system_identifier = @System,
                timeline = @Timeline,
                epoch_adopted_at = greatest(@Now, epoch_adopted_at + interval '1 millisecond'),
                clock_mark = @Now
            """,
            new { clock.System, clock.Timeline, clock.Now },
            ct);
        await AuditTrail.AppendAsync(
            session, null, actor, clock.Now, "epoch.adopted", "installation", new { clock.KnownSystem, clock.System, clock.KnownTimeline, clock.Timeline }, ct);
        await session.CommitAsync();
        return new(true, 0, clock.System, clock.Timeline);
    }
}
