using System.Text.Json;
using Callback.Database;

namespace Callback.Calls;

/// <summary>
/// Further rights: each names the attempt that begot it, and no attempt begets two for one order. The planner queues a grant when its time comes; the gate spends it.
/// </summary>
internal static class Grants
{
    /// <summary>How long a technical grant waits for an open window.</summary>
    private static readonly TimeSpan TechnicalLife = TimeSpan.FromHours(24);

    public static Task<int> TechnicalAsync(Session session, ShopId shop, Guid parent, int limit, object evidence, DateTimeOffset now, CancellationToken ct) =>
        InsertAsync(session, new(shop, parent, "Technical", now, now + TechnicalLife, evidence, now) { LimitOfKind = limit }, ct);

    /// <summary>Gives every order of the attempt one more right of the kind, but not beyond the kind's limit or four in all.</summary>
    /// <returns>How many orders got one.</returns>
    public static Task<int> InsertAsync(Session session, NewGrant grant, CancellationToken ct) => session.ExecuteAsync(
        """
        with covered as (
            select r.shop_id, r.purpose, r.order_no,
                (select coalesce(max(g.grant_no), 0) + 1
                 from call_grants g
                 where g.shop_id = r.shop_id and g.purpose = r.purpose and g.order_no = r.order_no) as next_no,
                (select count(*)
                 from call_grants g
                 where g.shop_id = r.shop_id and g.purpose = r.purpose and g.order_no = r.order_no and g.kind = @kind) as of_kind
            from attempt_rights r
            where r.shop_id = @shop and r.attempt_id = @parent and (@orderNos::text[] is null or r.order_no = any(@orderNos))
        )
        insert into call_grants
            (shop_id, purpose, order_no, grant_no, kind, parent_attempt_id, not_before, expires_at, promised_local, promised_zone, evidence, created_by, created_at)
        select shop_id, purpose, order_no, next_no, @kind, @parent, @notBefore, @expiresAt, @local, @zone, @evidence::jsonb, @createdBy, @now
        from covered
        where next_no <= 4 and of_kind < @limit
        on conflict do nothing
        """,
        new
        {
            shop = grant.Shop,
            parent = grant.Parent,
            kind = grant.Kind,
            notBefore = grant.NotBefore,
            expiresAt = grant.ExpiresAt,
            local = grant.PromisedLocal,
            zone = grant.PromisedZone,
            evidence = JsonSerializer.Serialize(grant.Evidence, JsonSerializerOptions.Web),
            createdBy = grant.CreatedBy,
            now = grant.Now,
            limit = grant.LimitOfKind,
            orderNos = grant.OrderNos,
        },
        ct);

    /// <summary>Gives the grants that the parent begot, and that were not used, another kind and time; also those of a release that was void because the call was found.</summary>
    /// <returns>How many there were; 0: there is none to move.</returns>
    public static Task<int> MoveAsync(Session session, NewGrant grant, CancellationToken ct) => session.ExecuteAsync(
        """
        update call_grants
        set kind = @Kind, not_before = @NotBefore, expires_at = @ExpiresAt, promised_local = @PromisedLocal, promised_zone = @PromisedZone,
            evidence = @evidence::jsonb, closed_at = null, close_reason = null
        where shop_id = @Shop and parent_attempt_id = @Parent
            and (kind <> 'Released' and (closed_at is null or close_reason = 'Corrected') or kind = 'Released' and close_reason = 'CallFound')
        """,
        new
        {
            grant.Shop,
            grant.Parent,
            grant.Kind,
            grant.NotBefore,
            grant.ExpiresAt,
            grant.PromisedLocal,
            grant.PromisedZone,
            evidence = JsonSerializer.Serialize(grant.Evidence, JsonSerializerOptions.Web),
        },
        ct);

    /// <summary>The call of a spent attempt was found after all: a release of it that was asked for or given, and not used, is void.</summary>
    public static Task<int> CallFoundAsync(Session session, ShopId shop, Guid attemptId, DateTimeOffset now, CancellationToken ct) =>
        session.ExecuteAsync(CallFoundSql, new { shop, attemptId, now }, ct);

    /// <summary>The statement of <see cref="CallFoundAsync"/>, for one that does more: parameters <c>shop</c>, <c>attemptId</c>, <c>now</c>.</summary>
    public const string CallFoundSql = """
        update call_grants
        set closed_at = @now, close_reason = 'CallFound'
        where shop_id = @shop and parent_attempt_id = @attemptId and kind = 'Released' and closed_at is null
        """;

    /// <summary>Closes what is still open of an attempt's grants; a used one stays as it is.</summary>
    public static Task<int> CloseAsync(Session session, ShopId shop, Guid parent, string reason, DateTimeOffset now, CancellationToken ct) => session.ExecuteAsync(
        """
        update call_grants
        set closed_at = @now, close_reason = @reason
        where shop_id = @shop and parent_attempt_id = @parent and closed_at is null
        """,
        new { shop, parent, reason, now },
        ct);
}

/// <param name="Parent">The attempt it follows from.</param>
/// <param name="Kind">As in <c>call_grants.kind</c>.</param>
/// <param name="Evidence">Why, for who asks later; no personal data.</param>
internal sealed record NewGrant(ShopId Shop, Guid Parent, string Kind, DateTimeOffset NotBefore, DateTimeOffset ExpiresAt, object Evidence, DateTimeOffset Now)
{
    public int LimitOfKind { get; init; } = 4;

    public DateTime? PromisedLocal { get; init; }

    public string? PromisedZone { get; init; }

    public Guid? CreatedBy { get; init; }

    /// <summary>Only these of the attempt's orders; null: all.</summary>
    public string[]? OrderNos { get; init; }
}
