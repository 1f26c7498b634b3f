using Callback.Auditing;
using Callback.Calls;
using Callback.Database;
using Callback.FollowUps.Releases;

namespace Callback.FollowUps;

public sealed record ApproveReleaseInput(ShopId Shop, Guid AttemptId);

/// <summary>The second person's yes. The customer's own rules – suppression, paid, window, caps – apply again at the gate.</summary>
public sealed class ApproveRelease(Db db, TimeProvider time, SpentAgain spent)
{
    /// <exception cref="InvalidInputException">
    /// <c>attempt-unknown</c>, <c>not-spent</c>, <c>call-found</c>, <c>list-unread</c>, <c>call-in-doubt</c>, <c>rang-since</c>, <c>no-release-waiting</c>, <c>lists-missing</c>, or
    /// <c>same-person</c>: who asked can't approve.
    /// </exception>
    public async Task RunAsync(Actor actor, ApproveReleaseInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ApproveRelease, input.Shop);
        var person = Desk.Agent(actor);
        var now = time.GetUtcNow();
        await spent.LookAsync(input.Shop, input.AttemptId, now, ct);
        await using var session = await db.BeginAsync(input.Shop, ct);
        await SpentAgain.LockAsync(session, input.Shop, input.AttemptId, ct);
        var asked = await WaitingRelease.LockAsync(session, input.Shop, input.AttemptId, now, ct);
        if (asked.Any(request => request.By == person))
            throw new InvalidInputException(Problem.Of("same-person", "attemptId"));
        if (asked.Min(request => request.Lists) is var lists && lists < ReleasePolicy.Lists)
            throw new InvalidInputException(Problem.Of("lists-missing", "attemptId", ("read", $"{lists}"), ("needed", $"{ReleasePolicy.Lists}")));
        await ReleaseLists.AddAsync(session, input.Shop, input.AttemptId, now, ct);
        await WaitingRelease.ApproveAsync(session, input.Shop, input.AttemptId, person, now, ct);
        await AuditTrail.AppendAsync(session, input.Shop, actor, now, "release.approved", $"attempt:{input.AttemptId}", new { lists = lists + 1 }, ct);
        await session.CommitAsync();
    }
}
