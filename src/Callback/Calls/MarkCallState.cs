using Callback.Database;
using Callback.Telephony;

namespace Callback.Calls;

/// <param name="State">Ringing, Answered, or an ending: Completed, NoAnswer, Busy, Declined, Failed, Canceled.</param>
public sealed record MarkCallStateInput(Guid AttemptId, CallState State);

/// <summary>The agent's buttons: says what happens on the phone (manual line), or hangs up (lines that can).</summary>
public sealed class MarkCallState(Db db, TimeProvider time)
{
    /// <returns>Where the call stands now; an older state than the known one changes nothing.</returns>
    /// <exception cref="InvalidInputException">attempt-unknown, or state-not-yours: this line reports its states itself.</exception>
    public Task<CallStanding> RunAsync(Actor actor, MarkCallStateInput input, CancellationToken ct) => throw new NotSupportedException($"{db}{time}");
}

public sealed record CallStanding(ShopId Shop, Guid AttemptId, AttemptState State, CallState CallState, WrapUpState WrapUp, bool Changed);
