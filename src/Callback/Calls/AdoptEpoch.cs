using Callback.Auditing;
using Callback.Database;

namespace Callback.Calls;

/// <param name="Reconciled">No attempt is undecided any more; otherwise nothing was adopted.</param>
/// <param name="Undecided">Attempts that still stand as Dialing or Unknown.</param>
/// <param name="Promoted">The known server's standby took over; otherwise it is another server, or an earlier state of the same.</param>
public sealed record AdoptedEpoch(bool Reconciled, int Undecided, long SystemIdentifier, int Timeline, bool Promoted);

/// <summary>
/// After a failover or a restore the gate refuses to dial, because calls may have been made that this database does not know. Once every line was reconciled,
/// somebody says that this server is the one now. Lines that keep no list (manual, practice) have nothing to be adopted from: what was dialed after the point
/// that was restored is not known then, and the answer to that is the shop's, not the program's.
/// </summary>
public sealed class AdoptEpoch(Db db)
{
    public Task<AdoptedEpoch> RunAsync(Actor actor, CancellationToken ct) => RunAsync(actor, nothingLost: false, ct);

    /// <summary>How many attempts are undecided: as long as there are some, the provider's calls can't be told apart.</summary>
    public async Task<int> UndecidedAsync(Actor actor, CancellationToken ct)
    {
        actor.Demand(Permission.ViewHealth);
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await UndecidedAsync(session, ct);
    }

    /// <summary>Where nothing was lost, what is undecided is on record with its right spent, and is settled while others are dialed, as on any day.</summary>
    /// <param name="actor">Whose word it is.</param>
    /// <param name="nothingLost">The server has every commit that was ever acknowledged: it was promoted, and replication is synchronous.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<AdoptedEpoch> RunAsync(Actor actor, bool nothingLost, CancellationToken ct)
    {
        actor.Demand(Permission.ViewHealth);
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var clock = await GateClock.ReadAsync(session, ct);
        if (nothingLost && clock.IsKnown)
            return new(true, 0, clock.System, clock.Timeline, Promoted: false);
        var undecided = await UndecidedAsync(session, ct);
        if (undecided > 0 && !nothingLost || nothingLost && !clock.IsPromoted)
            return new(false, undecided, clock.System, clock.Timeline, clock.IsPromoted);
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
            session, null, actor, clock.Now, "epoch.adopted", "installation", new { clock.KnownSystem, clock.System, clock.KnownTimeline, clock.Timeline, nothingLost }, ct);
        await session.CommitAsync();
        return new(true, undecided, clock.System, clock.Timeline, clock.IsPromoted);
    }

    private static Task<int> UndecidedAsync(Session session, CancellationToken ct) =>
        session.QuerySingleAsync<int>("select count(*)::integer from attempts where state in ('Dialing', 'Unknown')", null, ct);
}
