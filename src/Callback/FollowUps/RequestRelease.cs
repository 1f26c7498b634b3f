using System.Text.Json;
using Callback.Auditing;
using Callback.Calls;
using Callback.Database;
using Callback.FollowUps.Releases;

namespace Callback.FollowUps;

/// <param name="Reason">Why the customer may be called once more although the right is spent; required, at most 500 characters.</param>
public sealed record RequestReleaseInput(ShopId Shop, Guid AttemptId, string Reason);

public sealed record RequestedRelease(ShopId Shop, Guid AttemptId, IReadOnlyList<string> OrderNos);

/// <summary>
/// Asks that an attempt which was spent without a known ring be released; it counts only once another person approved it. The line's list is read here for the
/// first time, and twice more by <see cref="ReleaseLists"/>.
/// </summary>
public sealed class RequestRelease(Db db, TimeProvider time, SpentAgain spent)
{
    private const int LongestReason = 500;

    /// <exception cref="InvalidInputException">
    /// <c>attempt-unknown</c>, <c>not-spent</c>, <c>reason-required</c>, <c>call-found</c> (the line knows of it now), <c>list-unread</c>, <c>call-in-doubt</c>, <c>rang-since</c>,
    /// <c>release-exists</c> (one attempt begets at most one grant; one that was declined or has lapsed unused is renewed).
    /// </exception>
    public async Task<RequestedRelease> RunAsync(Actor actor, RequestReleaseInput input, CancellationToken ct)
    {
        actor.Demand(Permission.RequestRelease, input.Shop);
        var person = Desk.Agent(actor);
        var reason = input.Reason.Trim();
        if (reason.Length is 0 or > LongestReason)
            throw new InvalidInputException(Problem.Of("reason-required", "reason", ("most", $"{LongestReason}")));
        var now = time.GetUtcNow();
        await spent.LookAsync(input.Shop, input.AttemptId, now, ct);
        await using var session = await db.BeginAsync(input.Shop, ct);
        var attempt = await SpentAgain.LockAsync(session, input.Shop, input.AttemptId, ct);
        var evidence = new { reason, attempt.EmptyLists, lists = new[] { now } };
        var grant = new NewGrant(input.Shop, input.AttemptId, "Released", now, now + ReleasePolicy.Life, evidence, now) { CreatedBy = person };
        if (await RenewAsync(session, grant, ct) + await Grants.InsertAsync(session, grant, ct) == 0)
            throw new InvalidInputException(Problem.Of("release-exists", "attemptId"));
        var orders = await session.QueryAsync<string>(
            "select order_no from call_grants where shop_id = @Shop and parent_attempt_id = @AttemptId order by order_no", new { input.Shop, input.AttemptId }, ct);
        await AuditTrail.AppendAsync(session, input.Shop, actor, now, "release.requested", $"attempt:{input.AttemptId}", new { reason, orders }, ct);
        await session.CommitAsync();
        return new(input.Shop, input.AttemptId, orders);
    }

    /// <summary>What was declined, or has lapsed unused, is asked for anew: it is still the attempt's one grant.</summary>
    private static Task<int> RenewAsync(Session session, NewGrant grant, CancellationToken ct) => session.ExecuteAsync(
        """
        update call_grants g
        set not_before = @Now, expires_at = @ExpiresAt, evidence = @evidence::jsonb, created_by = @CreatedBy, created_at = @Now, approved_by = null, approved_at = null,
            closed_at = null, close_reason = null
        where g.shop_id = @Shop
            and g.parent_attempt_id = @Parent
            and g.kind = 'Released'
            and (g.close_reason in ('Declined', 'Expired') or g.closed_at is null and g.expires_at <= @Now)
            and not exists (
                select
                from attempt_rights r
                where r.shop_id = g.shop_id and r.purpose = g.purpose and r.order_no = g.order_no and r.grant_no = g.grant_no)
        """,
        new { grant.Shop, grant.Parent, grant.Now, grant.ExpiresAt, grant.CreatedBy, evidence = JsonSerializer.Serialize(grant.Evidence, JsonSerializerOptions.Web) },
        ct);
}
