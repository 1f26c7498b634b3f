using Callback.Database;

namespace Callback.Calls;

/// <summary>Gives the card back to where it stood, for a pause or the end of a shift.</summary>
public sealed class ReleaseHold(Db db)
{
    public async Task<HoldOutcome> RunAsync(Actor actor, Guid holdId, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(actor.Scope, ct);
        if (await QueuedCall.PeekAsync(session, OwnAttempt.Shops(actor), Desk.Agent(actor), holdId, ct) is not { } call
            || !await QueueRows.FreeAsync(session, call, penalty: 0, ct))
            return HoldOutcome.HoldLost;
        await session.CommitAsync();
        return HoldOutcome.Done;
    }
}
