using Callback.Database;

namespace Callback.Calls;

/// <summary>Brings the agent's own call that was put off or abandoned back onto the desk, if there is no other card on it.</summary>
public sealed class OpenWrapUp(Db db, TimeProvider time)
{
    public async Task<HoldOutcome> RunAsync(Actor actor, Guid attemptId, CancellationToken ct)
    {
        var shops = OwnAttempt.Shops(actor);
        var agent = Desk.Agent(actor);
        await using var session = await db.BeginByKeyAsync(actor.Scope, ct);
        var attempt = await Attempt.LockAsync(session, shops, attemptId, ct);
        if (attempt is null || attempt.AgentId != agent || attempt.WrapUp is not (WrapUpState.Later or WrapUpState.Abandoned))
            return HoldOutcome.HoldLost;
        if (await InHand.FindAsync(session, shops, agent, time.GetUtcNow(), ct) is not null)
            return HoldOutcome.HoldLost;
        await AttemptMoves.WrapUpAsync(session, attempt.ShopId, attemptId, WrapUpState.Open, time.GetUtcNow(), ct);
        await session.CommitAsync();
        return HoldOutcome.Done;
    }
}
