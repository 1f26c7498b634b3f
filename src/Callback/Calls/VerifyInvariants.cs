using Callback.Auditing;
using Callback.Database;

namespace Callback.Calls;

/// <param name="Code">kebab-case, stable.</param>
/// <param name="Holds">What is to hold, as a sentence.</param>
/// <param name="Checked">Rows that were looked at.</param>
/// <param name="Violations">At most <see cref="VerifyInvariants.MostShown"/> of them.</param>
/// <param name="Found">All of them.</param>
public sealed record InvariantReport(string Code, string Holds, long Checked, long Found, IReadOnlyList<Violation> Violations);

/// <param name="Shop">The shop, or <c>-</c> for the installation.</param>
/// <param name="Subject">What it is about: attempt:…, order:…, grant:…</param>
/// <param name="Detail">What is wrong with it.</param>
public sealed record Violation(string Shop, string Subject, string Detail);

public sealed record VerifyReport(DateTimeOffset At, IReadOnlyList<InvariantReport> Invariants)
{
    public bool Clean => Invariants.All(invariant => invariant.Found == 0);
}

/// <summary>
/// Proves on live data what the protocol promises: from the rows alone, without believing the code that wrote them. Each statement
/// tells its own moment; a call that goes on meanwhile is no violation in any of them. Reads whole tables: on a large installation run it against a replica.
/// </summary>
public sealed class VerifyInvariants(Db db, TimeProvider time, ReplayWindows windows)
{
    public const int MostShown = 20;

    public async Task<VerifyReport> RunAsync(Actor actor, CancellationToken ct)
    {
        actor.Demand(Permission.ViewAudit);
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var reports = new List<InvariantReport>();
        foreach (var invariant in Invariants.All)
            reports.Add(await CheckAsync(session, invariant, now, ct));
        reports.Add(await windows.RunAsync(session, now, ct));
        var audit = await VerifyAudit.RunAsync(session, ct);
        reports.Add(new(
            "audit-chain", "The audit's chains are whole.", audit.Rows, audit.Findings.Count,
            [.. audit.Findings.Take(MostShown).Select(finding => new Violation(finding.Chain, $"audit:{finding.Seq}", finding.Fault.ToString()))]));
        return new(now, reports);
    }

    private static async Task<InvariantReport> CheckAsync(Session session, Invariant invariant, DateTimeOffset now, CancellationToken ct)
    {
        var looked = await session.QuerySingleAsync<long>($"select count(*) from {invariant.Over}", null, ct);
        var found = await session.QueryAsync<Found>(
            $"""
            with violations (shop, subject, detail) as (
            {invariant.Sql}
            )
            select shop, subject, detail, count(*) over () as total
            from violations
            order by shop, subject
            limit @MostShown
            """,
            new { MostShown, now },
            ct);
        return new(
            invariant.Code, invariant.Holds, looked, found.Count == 0 ? 0 : found[0].Total,
            [.. found.Select(row => new Violation(row.Shop, row.Subject, row.Detail))]);
    }

    private sealed record Found(string Shop, string Subject, string Detail, long Total);
}
