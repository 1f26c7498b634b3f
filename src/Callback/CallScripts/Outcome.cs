namespace Callback.CallScripts;

/// <summary>Whether something may, must or must not come with an outcome.</summary>
public enum Need
{
    None,
    Allowed,
    Required,
}

/// <summary>What the agent concludes from a call, and what follows from it (config/outcomes.yaml).</summary>
/// <param name="Code">As stored in results and shown by the API, for example <c>WillPay</c>.</param>
/// <param name="Purposes">For which purposes it is offered.</param>
/// <param name="Reached">The customer was spoken with: counts as reached in the figures.</param>
/// <param name="Ignored">The customer let the call pass: never again about this order and purpose.</param>
/// <param name="NoteRequired">The result is not complete without a note.</param>
/// <param name="Promise">Whether a promised call-back goes with it; that is what opens a grant of kind Promised.</param>
/// <param name="RepairAllowed">May open one repair call later the same day (silent line).</param>
/// <param name="TechnicalAllowed">May open a technical retry, if the phone did not ring.</param>
/// <param name="SuppressesNumber">The number is suppressed for every purpose (wrong, not in service); it is not a do-not-call of the person.</param>
/// <param name="Refusal">The customer did not want to be spoken with: where the policy has a rest after a refusal, nobody calls before it is over.</param>
/// <param name="DoNotCall">The person is put on the do-not-call list, for good.</param>
/// <param name="Reasons">Whether reason codes go with it.</param>
/// <param name="Key">The key that chooses it on the desk, or null.</param>
public sealed record Outcome(
    string Code,
    Label Label,
    IReadOnlyList<Purpose> Purposes,
    bool Reached,
    bool Ignored,
    bool NoteRequired,
    Need Promise,
    bool RepairAllowed,
    bool TechnicalAllowed,
    bool SuppressesNumber,
    bool Refusal,
    bool DoNotCall,
    Need Reasons,
    char? Key);

/// <summary>Why: one of the six causes of an unpaid order, a product problem, a courier problem …</summary>
/// <param name="Group">Reasons of one group stand together on the screen: <c>cause</c>, <c>arrival</c>, <c>product</c>, <c>courier</c>, <c>other</c>.</param>
public sealed record ReasonCode(string Code, Label Label, IReadOnlyList<Purpose> Purposes, string Group);

/// <summary>A kind of follow-up task.</summary>
/// <param name="DueIn">How long after the result it is due when nobody says otherwise.</param>
/// <param name="OfAgent">It belongs to the agent of the call from the start; else to whoever takes it.</param>
public sealed record FollowUpTaskKind(string Code, Label Label, TimeSpan DueIn, bool OfAgent = false);
