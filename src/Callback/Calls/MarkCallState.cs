using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;

namespace Callback.Calls;

/// <param name="State">Ringing, Answered, or an ending: Completed, NoAnswer, Busy, Declined, Failed, Canceled.</param>
public sealed record MarkCallStateInput(Guid AttemptId, CallState State);

/// <summary>The agent's buttons: says what happens on the phone (manual line), or hangs up (lines that can).</summary>
public sealed class MarkCallState(Db db, TimeProvider time, Lines lines, PersonalDataVault vault)
{
    /// <returns>Where the call stands now; an older state than the known one changes nothing.</returns>
    /// <exception cref="InvalidInputException"><c>attempt-unknown</c>; <c>state-not-markable</c>: not one of the states, or this line reports its states itself.</exception>
    public async Task<CallStanding> RunAsync(Actor actor, MarkCallStateInput input, CancellationToken ct)
    {
        var attempt = await OwnAttempt.FindAsync(db, actor, input.AttemptId, ct);
        if (attempt.State == AttemptState.NotPlaced)
            return attempt.Standing();
        var line = lines[attempt.Line];
        var now = time.GetUtcNow();
        var marked = line.Capabilities.AgentReportsStates
            ? Report(attempt, input.State, now)
            : await HangUpAsync(line, attempt, input.State, ct);
        if (marked is null)
            return attempt.Standing();
        await using var session = await db.BeginByKeyAsync(attempt.ShopId, ct);
        var standing = await RecordLineEvent.InAsync(session, marked, now, ct);
        await session.CommitAsync();
        return standing ?? attempt.Standing();
    }

    private static LineEvent Report(Attempt attempt, CallState state, DateTimeOffset now)
    {
        if (state < CallState.Ringing || !Enum.IsDefined(state))
            throw NotMarkable(state);
        return new(attempt.ShopId, attempt.Line, attempt.ProviderCallId ?? ManualLine.IdOf(attempt.AttemptId), (int)state, state, now, attempt.AttemptId);
    }

    private async Task<LineEvent?> HangUpAsync(ILine line, Attempt attempt, CallState state, CancellationToken ct)
    {
        if (!line.Capabilities.CanHangUp || !state.IsOver())
            throw NotMarkable(state);
        return attempt.State == AttemptState.Ended ? null : await line.HangUpAsync(attempt.ToLineCall(vault), ct);
    }

    private static InvalidInputException NotMarkable(CallState state) => new(Problem.Of("state-not-markable", "state", ("value", state.ToString())));
}
