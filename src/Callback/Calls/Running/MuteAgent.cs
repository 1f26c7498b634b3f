namespace Callback.Calls.Running;

/// <summary>The customer does not hear the agent; and again does.</summary>
public sealed class MuteAgent(RoomActs acts)
{
    /// <exception cref="InvalidInputException"><c>attempt-unknown</c>, <c>call-not-bridged</c>; <c>call-not-on</c>: the call is over, or the agent's phone is gone.</exception>
    public async Task<ActResult> RunAsync(Actor actor, Guid attemptId, bool on, CancellationToken ct)
    {
        var call = await acts.OwnAsync(actor, attemptId, ct);
        if (!call.IsOn || call.Bridge is not { State: Bridges.BridgeState.Ready, LegCallId: { } leg })
            throw new InvalidInputException(Problem.Of("call-not-on", "attemptId"));
        return await acts.DoAsync(
            call, room => acts.Line.MuteAsync(room, leg, on, CancellationToken.None), on ? "set agent_muted = true" : "set agent_muted = false", ct);
    }
}
