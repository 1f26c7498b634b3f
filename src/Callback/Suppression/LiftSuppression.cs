using Callback.Auditing;
using Callback.Database;

namespace Callback.Suppression;

public sealed record LiftSuppressionInput(ShopId Shop, Guid SuppressionId);

public enum LiftSuppressionResult
{
    Lifted,

    /// <summary>It was lifted before, or there is none.</summary>
    NotFound,

    /// <summary>Do-not-call is the customer's word and stays.</summary>
    DoNotCallStays,
}

/// <summary>Ends a suppression before its time; the orders it kept back are looked at again.</summary>
public sealed class LiftSuppression(Db db, TimeProvider time)
{
    public async Task<LiftSuppressionResult> RunAsync(Actor actor, LiftSuppressionInput input, CancellationToken ct)
    {
        actor.Demand(Permission.EditSuppressions, input.Shop);
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(input.Shop, ct);
        if (await FindAsync(session, input, ct) is not { } row)
            return LiftSuppressionResult.NotFound;
        if (row.DoNotCall)
            return LiftSuppressionResult.DoNotCallStays;
        await session.ExecuteAsync(
            "update suppressions set lifted_at = @now, lifted_by = @Name where shop_id = @Shop and suppression_id = @SuppressionId",
            new { input.Shop, input.SuppressionId, now, actor.Name },
            ct);
        await LookAgainAsync(session, input.Shop, row, now, ct);
        var subject = $"{row.Scope.ToString().ToLowerInvariant()}:{row.OrderNo ?? Convert.ToHexStringLower(row.PersonKey!)[..16]}";
        await AuditTrail.AppendAsync(session, input.Shop, actor, now, "suppression.lifted", subject, new { row.Reason }, ct);
        await session.CommitAsync();
        return LiftSuppressionResult.Lifted;
    }

    private static Task<Row?> FindAsync(Session session, LiftSuppressionInput input, CancellationToken ct) => session.QuerySingleOrDefaultAsync<Row>(
        """
        select scope, person_key, order_no, do_not_call, reason
        from suppressions
        where shop_id = @Shop and suppression_id = @SuppressionId and lifted_at is null
        for update
        """,
        input,
        ct);

    private static Task<int> LookAgainAsync(Session session, ShopId shop, Row row, DateTimeOffset now, CancellationToken ct) => session.ExecuteAsync(
        """
        update candidates c
        set due_at = @now, blocked_reason = null
        where c.shop_id = @shop
            and c.due_at > @now
            and c.order_no in (
                select @OrderNo::text
                union all
                select o.order_no
                from orders o
                where o.shop_id = @shop and o.phone_hash = @PersonKey
                union all
                select o.order_no
                from orders o
                where o.shop_id = @shop and o.buyer_key = @PersonKey)
        """,
        new { shop, now, row.OrderNo, row.PersonKey },
        ct);

    private sealed class Row
    {
        public SuppressionScope Scope { get; init; }

        public byte[]? PersonKey { get; init; }

        public string? OrderNo { get; init; }

        public bool DoNotCall { get; init; }

        public string Reason { get; init; } = "";
    }
}
