using Callback.Database;

namespace Callback.Calls;

/// <summary>Puts a call's result off on purpose, so that the agent can take the next card; it stays in the list until it is written.</summary>
public sealed class WrapUpLater(Db db, TimeProvider time)
{
    public async Task<HoldOutcome> RunAsync(Actor actor, Guid attemptId, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(actor.Scope, ct);
        var attempt = await Attempt.LockAsync(session, OwnAttempt.Shops(actor), attemptId, ct);
        if (attempt is null || attempt.AgentId != Desk.Agent(actor) || attempt.WrapUp != WrapUpState.Open)
            return HoldOutcome.HoldLost;
        await AttemptMoves.WrapUpAsync(session, attempt.ShopId, attemptId, WrapUpState.Later, time.GetUtcNow(), ct);
        await session.CommitAsync();
        return HoldOutcome.Done;
    }
}
