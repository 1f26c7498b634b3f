using Callback.Auditing;
using Callback.Calls;
using Callback.Database;

namespace Callback.FollowUps;

/// <param name="Reason">Why the customer may be called once more although the right is spent; required, at most 500 characters.</param>
public sealed record RequestReleaseInput(ShopId Shop, Guid AttemptId, string Reason);

public sealed record RequestedRelease(ShopId Shop, Guid AttemptId, IReadOnlyList<string> OrderNos);

/// <summary>Asks that an attempt which was spent without a known ring be released; it counts only once another person approved it.</summary>
public sealed class RequestRelease(Db db, TimeProvider time, SpentAgain spent)
{
    private const int LongestReason = 500;

    /// <exception cref="InvalidInputException">
    /// <c>attempt-unknown</c>, <c>not-spent</c>, <c>reason-required</c>, <c>call-found</c> (the line knows of it now), <c>release-exists</c>
    /// (one attempt begets at most one grant).
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
        var evidence = new { reason, attempt.EmptyLists, lookedAgainAt = now };
        var grant = new NewGrant(input.Shop, input.AttemptId, "Released", now, now + ApproveRelease.Life, evidence, now) { CreatedBy = person };
        if (await Grants.InsertAsync(session, grant, ct) == 0)
            throw new InvalidInputException(Problem.Of("release-exists", "attemptId"));
        var orders = await session.QueryAsync<string>(
            "select order_no from call_grants where shop_id = @Shop and parent_attempt_id = @AttemptId order by order_no", new { input.Shop, input.AttemptId }, ct);
        await AuditTrail.AppendAsync(session, input.Shop, actor, now, "release.requested", $"attempt:{input.AttemptId}", new { reason, orders }, ct);
        await session.CommitAsync();
        return new(input.Shop, input.AttemptId, orders);
    }
}
