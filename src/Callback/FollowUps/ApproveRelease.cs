using Callback.Auditing;
using Callback.Calls;
using Callback.Database;

namespace Callback.FollowUps;

public sealed record ApproveReleaseInput(ShopId Shop, Guid AttemptId);

/// <summary>The second person's yes. The customer's own rules – suppression, paid, window, caps – apply again at the gate.</summary>
public sealed class ApproveRelease(Db db, TimeProvider time, SpentAgain spent)
{
    /// <summary>How long a release may be used, from the approval; a request lapses after the same time.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(3);

    /// <exception cref="InvalidInputException">
    /// <c>attempt-unknown</c>, <c>not-spent</c>, <c>call-found</c>, <c>no-release-waiting</c>, or <c>same-person</c>: who asked can't approve.
    /// </exception>
    public async Task RunAsync(Actor actor, ApproveReleaseInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ApproveRelease, input.Shop);
        var person = Desk.Agent(actor);
        var now = time.GetUtcNow();
        await spent.LookAsync(input.Shop, input.AttemptId, now, ct);
        await using var session = await db.BeginAsync(input.Shop, ct);
        await SpentAgain.LockAsync(session, input.Shop, input.AttemptId, ct);
        var askers = await session.QueryAsync<Guid>(
            """
            select created_by
            from call_grants
            where shop_id = @Shop and parent_attempt_id = @AttemptId and kind = 'Released' and approved_by is null and closed_at is null and expires_at > @now
            for update
            """,
            new { input.Shop, input.AttemptId, now },
            ct);
        if (askers.Count == 0)
            throw new InvalidInputException(Problem.Of("no-release-waiting", "attemptId"));
        if (askers.Contains(person))
            throw new InvalidInputException(Problem.Of("same-person", "attemptId"));
        await session.ExecuteAsync(
            """
            update call_grants
            set approved_by = @person, approved_at = @now, not_before = @now, expires_at = @until
            where shop_id = @Shop and parent_attempt_id = @AttemptId and kind = 'Released' and approved_by is null and closed_at is null
            """,
            new { input.Shop, input.AttemptId, person, now, until = now + Life },
            ct);
        await AuditTrail.AppendAsync(session, input.Shop, actor, now, "release.approved", $"attempt:{input.AttemptId}", new { }, ct);
        await session.CommitAsync();
    }
}
