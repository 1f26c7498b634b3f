using Callback.Database;

namespace Callback.Auditing;

/// <param name="Chain">A shop's code, or <c>-</c> for the installation's own acts.</param>
/// <param name="Action">As it stands, for example <c>phone.revealed</c>; null for all.</param>
/// <param name="Actor">The name of who did it; null for all.</param>
/// <param name="Before">Only acts before this place in the chain; null for the newest.</param>
/// <param name="Limit">1–500.</param>
public sealed record ReadAuditInput(string Chain, string? Action, string? Actor, long? Before, int Limit);

/// <summary>Reads who did what, the newest first.</summary>
public sealed class ReadAudit(Db db)
{
    private const string Sql =
        $"""
        select {AuditRecord.Columns}
        from audit
        where shop_id = @Chain
            and (@Before::bigint is null or seq < @Before)
            and (@Action::text is null or action = @Action)
            and (@Actor::text is null or actor_name = @Actor)
        order by seq desc
        limit @Limit
        """;

    private const string ChainsSql =
        """
        select shop_id
        from audit_heads
        order by shop_id
        """;

    public async Task<IReadOnlyList<AuditRecord>> RunAsync(Actor actor, ReadAuditInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ViewAudit);
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        return await session.QueryAsync<AuditRecord>(Sql, input, ct);
    }

    /// <summary>The chains there are.</summary>
    public async Task<IReadOnlyList<string>> ChainsAsync(Actor actor, CancellationToken ct)
    {
        actor.Demand(Permission.ViewAudit);
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        return await session.QueryAsync<string>(ChainsSql, null, ct);
    }
}
