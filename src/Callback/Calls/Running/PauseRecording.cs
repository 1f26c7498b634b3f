using Callback.Auditing;
using Callback.Database;

namespace Callback.Calls.Running;

/// <summary>Stops recording while payment data is spoken, and goes on afterwards. Audited: a gap in a recording needs its reason.</summary>
public sealed class PauseRecording(Db db, TimeProvider time, RoomActs acts)
{
    /// <exception cref="InvalidInputException"><c>attempt-unknown</c>, <c>call-not-bridged</c>, <c>call-not-on</c>; <c>not-recorded</c>: nothing is being recorded.</exception>
    public async Task<ActResult> RunAsync(Actor actor, Guid attemptId, bool pause, CancellationToken ct)
    {
        var call = await acts.OwnAsync(actor, attemptId, ct);
        RoomActs.DemandAnswered(call);
        if (!call.Attempt.Recorded)
            throw new InvalidInputException(Problem.Of("not-recorded", "attemptId"));
        var answer = await acts.Line.PauseRecordingAsync(call.CallId, pause, CancellationToken.None);
        if (answer is Telephony.ActAnswer.Done)
            await WriteAsync(actor, call, pause);
        return await acts.ResultAsync(call, answer, CancellationToken.None);
    }

    private async Task WriteAsync(Actor actor, CallInRoom call, bool pause)
    {
        // Room and call may be of two shops of the same agent.
        await using var session = await db.BeginByKeyAsync(actor.Scope, CancellationToken.None);
        await session.ExecuteAsync(
            "update bridges set recording_paused = @pause where shop_id = @ShopId and bridge_id = @BridgeId",
            new { pause, call.Bridge.ShopId, call.Bridge.BridgeId },
            CancellationToken.None);
        await AuditTrail.AppendAsync(
            session, call.Attempt.ShopId, actor, time.GetUtcNow(), pause ? "recording.paused" : "recording.resumed", $"attempt:{call.Attempt.AttemptId}", new { },
            CancellationToken.None);
        await session.CommitAsync();
    }
}
