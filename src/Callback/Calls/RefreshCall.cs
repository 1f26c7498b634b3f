using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;

namespace Callback.Calls;

/// <summary>Asks the line about one call now, so that an open desk need not wait for the poller; the desk calls it every few seconds while a call is on.</summary>
public sealed class RefreshCall(Db db, TimeProvider time, Lines lines, PersonalDataVault vault, RecordLineEvent record)
{
    /// <exception cref="InvalidInputException"><c>attempt-unknown</c>.</exception>
    public async Task<CallStanding> RunAsync(Actor actor, Guid attemptId, CancellationToken ct)
    {
        var attempt = await OwnAttempt.FindAsync(db, actor, attemptId, ct);
        // Where asking costs something, events come by themselves and the poller asks after a silence: what is on record is the answer.
        return lines[attempt.Line].Capabilities.AskAfter is null ? await AskAsync(attempt, time.GetUtcNow(), ct) : attempt.Standing();
    }

    /// <summary>Takes in everything the line has to tell about the call.</summary>
    internal async Task<CallStanding> AskAsync(Attempt attempt, DateTimeOffset now, CancellationToken ct)
    {
        var standing = attempt.Standing();
        var line = lines[attempt.Line];
        if (line.Capabilities.AgentReportsStates || attempt.State != AttemptState.Placed)
            return standing;
        var told = await line.PollAsync(attempt.ToLineCall(vault), ct);
        CrashPoint.Reach("poll.heard");
        foreach (var heard in told.Where(heard => heard.State.Rank() > attempt.CallState.Rank()))
            if (await record.RunAsync(heard, now, ct) is { } then)
                standing = then with { Changed = standing.Changed || then.Changed };
        return standing;
    }
}
