using Callback.Auditing;
using Callback.Calls;
using Callback.Database;

namespace Callback.FollowUps.Releases;

public sealed record DeclineReleaseInput(ShopId Shop, Guid AttemptId);

/// <summary>No release: by who could approve it, or taken back by who asked for it. It may be asked for again.</summary>
public sealed class DeclineRelease(Db db, TimeProvider time)
{
    /// <exception cref="InvalidInputException"><c>no-release-waiting</c>.</exception>
    /// <exception cref="NotPermittedException">Neither may the actor approve releases, nor is it the actor's own request.</exception>
    public async Task RunAsync(Actor actor, DeclineReleaseInput input, CancellationToken ct)
    {
        actor.Demand(Permission.RequestRelease, input.Shop);
        var (person, now) = (Desk.Agent(actor), time.GetUtcNow());
        await using var session = await db.BeginAsync(input.Shop, ct);
        await Attempt.LockAsync(session, [input.Shop], input.AttemptId, ct);
        var asked = await WaitingRelease.LockAsync(session, input.Shop, input.AttemptId, now, ct);
        var own = asked.Any(request => request.By == person);
        if (!own)
            actor.Demand(Permission.ApproveRelease, input.Shop);
        await WaitingRelease.DeclineAsync(session, input.Shop, input.AttemptId, now, ct);
        await AuditTrail.AppendAsync(session, input.Shop, actor, now, own ? "release.withdrawn" : "release.declined", $"attempt:{input.AttemptId}", new { }, ct);
        await session.CommitAsync();
    }
}
