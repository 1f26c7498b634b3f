using Callback.Calls;
using Callback.Calls.Bridges;
using Callback.Calls.Running;
using Callback.Telephony;

namespace Callback.Web.Components.Desk.Phone;

/// <summary>The strip above the card: the agent's own phone, and while a customer is in its room, what can be done with the call.</summary>
/// <param name="Phone">As <see cref="GetBridge"/> read it.</param>
/// <param name="HoldId">Of the card whose call it is; null: no call.</param>
/// <param name="Call">The call in the room; null: none.</param>
/// <param name="Supervisors">To whom it can be handed over.</param>
public sealed record PhoneModel(AgentPhone Phone, Guid? HoldId, RunningCall? Call, IReadOnlyList<Supervisor> Supervisors)
{
    /// <summary>Why the last act was not done, in words.</summary>
    public string? Refusal { get; init; }

    public BridgeView? Bridge => Phone.Bridge;

    /// <summary>No phone is connected or being called.</summary>
    public bool IsGone => Bridge is null or { State: BridgeState.Gone };

    /// <summary>A customer is in the room or on the way into it.</summary>
    public bool InCall => Call is { CallState: var state, State: AttemptState.Dialing or AttemptState.Placed or AttemptState.Unknown } && !state.IsOver();

    /// <summary>Changes when the strip has something else to show.</summary>
    public string Stamp => string.Join('.', Bridge?.BridgeId.ToString("N"), Bridge?.State, Phone.Leg?.Kind, HoldId?.ToString("N"), CallStamp);

    /// <summary>How often the strip asks: often while something is about to change.</summary>
    public string AskEvery => Bridge switch
    {
        { State: BridgeState.Calling } => "every 2s",
        { State: BridgeState.Ready } when InCall => "every 3s",
        { State: BridgeState.Ready } => "every 10s",
        _ => "every 60s",
    };

    private string CallStamp => Call is { } call
        ? $"{call.State}.{call.CallState}.{call.OnHold}.{call.Muted}.{call.Recording}.{call.AnsweredBy}.{call.Abandoned}.{string.Join('.', call.Guests.Select(guest => $"{guest.GuestId:N}{guest.Mode}{guest.State}"))}"
        : "";

    /// <summary>The address of an act on the call.</summary>
    public string Act(string act) => $"/desk/cards/{HoldId}/line/{act}";
}
