namespace Callback.Calls.Running;

/// <summary>Music for the customer while the agent asks somebody; and back.</summary>
public sealed class HoldCustomer(RoomActs acts)
{
    /// <exception cref="InvalidInputException"><c>attempt-unknown</c>, <c>call-not-bridged</c>, <c>call-not-on</c>.</exception>
    public async Task<ActResult> RunAsync(Actor actor, Guid attemptId, bool on, CancellationToken ct)
    {
        var call = await acts.OwnAsync(actor, attemptId, ct);
        RoomActs.DemandAnswered(call);
        return await acts.DoAsync(
            call, room => acts.Line.HoldAsync(room, call.CallId, on, CancellationToken.None), on ? "set customer_held = true" : "set customer_held = false", ct);
    }
}
