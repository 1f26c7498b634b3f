using Callback.Database;

namespace Callback.Auditing;

public enum AuditFault
{
    /// <summary>What stands in the row is not what was written.</summary>
    Edited,

    /// <summary>Rows before this one are gone.</summary>
    Deleted,

    /// <summary>The row does not follow the one before it: rows were exchanged or put in.</summary>
    Reordered,

    /// <summary>The newest rows are gone.</summary>
    Truncated,
}

/// <param name="Chain">A shop's code, or <c>-</c>.</param>
/// <param name="Seq">The first place at which it shows.</param>
public sealed record AuditFinding(string Chain, long Seq, AuditFault Fault);

/// <param name="Rows">How many were read.</param>
/// <param name="Heads">The newest hash of every chain: compare them with those in an older log to see that nothing before was rewritten.</param>
public sealed record AuditReport(long Rows, IReadOnlyList<AuditHead> Heads, IReadOnlyList<AuditFinding> Findings);

public sealed record AuditHead(string Chain, long Seq, string Hash);

/// <summary>
/// Computes every chain of the audit again and names what does not fit. Limits: someone who rewrites a whole chain and its head with all hashes is found only
/// by an older head kept elsewhere, which is why heads are written to the log every hour.
/// </summary>
public sealed class VerifyAudit(Db db)
{
    private const int MostFindings = 1_000;

    // Places, not times, are followed: a row whose time was edited is an edited row and not a moved one.
    private const string Sql =
        """
        with rows as (
            select a.*,
                lag(a.seq, 1, 0::bigint) over chain as before_seq,
                lag(a.hash, 1, ''::bytea) over chain as before_hash
            from audit a
            window chain as (partition by a.shop_id order by a.seq, a.at)
        ), faults as (
            select shop_id, seq,
                case
                    when seq > before_seq + 1 then 'Deleted'
                    when seq <= before_seq or previous_hash <> before_hash then 'Reordered'
                    when hash <> audit_hash(previous_hash, shop_id, seq, at, actor_id, actor_name, action, subject, details) then 'Edited'
                end as fault
            from rows
        ), heads as (
            select h.shop_id, h.seq + 1 as seq, 'Truncated' as fault
            from audit_heads h
            left join lateral (
                select a.seq, a.hash
                from audit a
                where a.shop_id = h.shop_id
                order by a.seq desc
                limit 1) newest on true
            where h.seq > 0 and (newest.seq is distinct from h.seq or newest.hash is distinct from h.hash)
        )
        select shop_id as chain, seq, fault
        from (
            select shop_id, seq, fault
            from faults
            where fault is not null
            union all
            select shop_id, seq, fault
            from heads) found
        order by shop_id, seq
        limit @limit
        """;

    private const string HeadsSql =
        """
        select shop_id as chain, seq, encode(hash, 'hex') as hash
        from audit_heads
        order by shop_id
        """;

    private const string UnheadedSql =
        """
        select distinct a.shop_id as chain, 1::bigint as seq, 'Truncated' as fault
        from audit a
        where not exists (
            select
            from audit_heads h
            where h.shop_id = a.shop_id)
        """;

    public async Task<AuditReport> RunAsync(Actor actor, CancellationToken ct)
    {
        actor.Demand(Permission.ViewAudit);
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await RunAsync(session, ct);
    }

    internal static async Task<AuditReport> RunAsync(Session session, CancellationToken ct)
    {
        await session.ExecuteAsync("set local statement_timeout = 0", null, ct);
        var findings = await session.QueryAsync<AuditFinding>(Sql, new { limit = MostFindings }, ct);
        var unheaded = await session.QueryAsync<AuditFinding>(UnheadedSql, null, ct);
        var heads = await HeadsAsync(session, ct);
        var rows = await session.QuerySingleAsync<long>("select count(*) from audit", null, ct);
        return new(rows, heads, [.. findings, .. unheaded]);
    }

    internal static Task<IReadOnlyList<AuditHead>> HeadsAsync(Session session, CancellationToken ct) => session.QueryAsync<AuditHead>(HeadsSql, null, ct);
}
