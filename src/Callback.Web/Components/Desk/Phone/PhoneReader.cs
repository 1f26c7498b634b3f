using Callback.Calls;
using Callback.Calls.Bridges;
using Callback.Calls.Running;

namespace Callback.Web.Components.Desk.Phone;

/// <summary>Puts the strip together, afresh every time. Without a line that calls the agent first there is none.</summary>
internal sealed class PhoneReader(GetBridge bridge, GetRunningCall running, ListSupervisors supervisors)
{
    /// <param name="actor">Whose phone.</param>
    /// <param name="card">The card in hand, which may be in a call.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>Null: nothing of a phone is shown.</returns>
    public async Task<PhoneModel?> ReadAsync(Actor actor, DeskCard? card, CancellationToken ct)
    {
        var phone = await bridge.RunAsync(actor, ct);
        if (!phone.Needed && phone.Bridge is null or { State: BridgeState.Gone })
            return null;
        if (card is not { Capabilities.NeedsAgentLeg: true, AttemptId: { } attempt, Phase: CardPhase.Calling or CardPhase.Talking or CardPhase.Unknown })
            return new(phone, null, null, []);
        var call = await running.RunAsync(actor, attempt, ct);
        var others = call is { Talking: true, Transfer: null } ? await supervisors.RunAsync(actor, attempt, ct) : [];
        return new(phone, card.HoldId, call, others);
    }
}
