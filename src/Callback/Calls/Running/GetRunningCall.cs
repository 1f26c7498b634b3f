using Callback.Database;

namespace Callback.Calls.Running;

/// <summary>How the agent's own call in a room stands; the desk asks as often as it asks for the card.</summary>
public sealed class GetRunningCall(Db db, RoomActs acts)
{
    /// <returns>Null: the call is on a line without rooms.</returns>
    /// <exception cref="InvalidInputException"><c>attempt-unknown</c>.</exception>
    public async Task<RunningCall?> RunAsync(Actor actor, Guid attemptId, CancellationToken ct)
    {
        var attempt = await OwnAttempt.FindAsync(db, actor, attemptId, ct);
        return attempt.BridgeId is null ? null : await acts.ShowAsync(attempt.ShopId, attemptId, ct);
    }
}
