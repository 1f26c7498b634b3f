using Callback.Calls.Bridges;
using Callback.Telephony;

namespace Callback.Calls.Running;

/// <summary>Which phone is hung up.</summary>
public enum HangUpLeg
{
    /// <summary>The customer's; the agent's phone stays in its room.</summary>
    Customer,

    /// <summary>Both.</summary>
    All,
}

/// <summary>Ends a call in a room. How it ended is told by the line's event.</summary>
public sealed class HangUp(RoomActs acts, CloseBridge close)
{
    /// <exception cref="InvalidInputException"><c>attempt-unknown</c>, <c>call-not-bridged</c>.</exception>
    public async Task<ActResult> RunAsync(Actor actor, Guid attemptId, HangUpLeg leg, CancellationToken ct)
    {
        var call = await acts.OwnAsync(actor, attemptId, ct);
        var answer = call.IsOn ? await acts.Line.EndLegAsync(call.CallId, CancellationToken.None) : new ActAnswer.Done();
        if (leg == HangUpLeg.All && call.Bridge.State != BridgeState.Gone)
            await close.EndAsync(call.Bridge, "closed", CancellationToken.None);
        return await acts.ResultAsync(call, answer, CancellationToken.None);
    }
}
