using Callback.Calls.Bridges;
using Callback.CallScripts;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;
using Microsoft.Extensions.Logging;

namespace Callback.Calls;

/// <param name="Draft">What is ticked on the card, saved before the gate looks at it; null: what was saved last.</param>
public sealed record DialCallInput(Guid HoldId, CallDraft? Draft = null);

public abstract record DialResult
{
    /// <summary>Through the gate and with the line.</summary>
    /// <param name="Number">Only where the line shows it: the agent dials it now.</param>
    public sealed record Dialing(ShopId Shop, Guid AttemptId, PhoneNumber? Number, AttemptState State) : DialResult;

    /// <summary>The gate said no and nothing was spent.</summary>
    /// <param name="Reason">A block reason of the policy, or ClockBack, ClockSkew, EpochChanged, PracticeLine; of a line that calls the agent first: LineMissing (no account is
    /// configured), CallerIdMissing, AgentLegNotReady (connect the phone), RoomOccupied (a call whose fate is not known may still come into the room: connect the phone anew).</param>
    /// <param name="Until">When it may be otherwise; null: not by waiting.</param>
    /// <param name="CardKept">The hold still stands and the agent may try again; false: the card is gone, take the next one.</param>
    public sealed record Blocked(string Reason, DateTimeOffset? Until, bool CardKept) : DialResult;

    /// <summary>The hold ran out or is another's.</summary>
    public sealed record HoldLost : DialResult;

    /// <summary>The person is being called at this moment, or another gate came first.</summary>
    public sealed record Busy : DialResult;

    /// <summary>Required items of the "before" phase are neither ticked nor waived with a reason.</summary>
    public sealed record ChecklistOpen(IReadOnlyList<string> Items) : DialResult;

    /// <summary>The gate let it through, the line certainly did not place it. One technical grant may follow.</summary>
    public sealed record NotPlaced(ShopId Shop, Guid AttemptId, string Reason) : DialResult;
}

/// <summary>
/// The dial gate and, once its commit is certain, the one question to the line. A right is spent before a phone can ring; what happens after the commit can
/// only say how the attempt went, never undo it, and nothing asks the line a second time.
/// </summary>
public sealed partial class DialCall(Db db, TimeProvider time, Lines lines, PersonalDataVault vault, SaveDraft drafts, DialGate gate, AloneCustomers alone, ILogger<DialCall> log)
{
    /// <exception cref="InvalidInputException"><c>agent-required</c>.</exception>
    public async Task<DialResult> RunAsync(Actor actor, DialCallInput input, CancellationToken ct)
    {
        var agent = Desk.Agent(actor);
        if (input.Draft is { } draft)
            await drafts.RunAsync(actor, input.HoldId, draft, ct);
        var passed = await gate.PassAsync(actor, agent, OwnAttempt.Shops(actor), input.HoldId, ct);
        return passed switch
        {
            GateAnswer.Refused no => no.Result,
            // The commit's answer was lost: it may stand or not, so the line is not asked.
            GateAnswer.CommitLost lost => await NotSentAsync(lost, "commit-lost"),
            // From here on the caller's going away changes nothing: the right is spent, and what became of it has to be written down.
            GateAnswer.Go go => await SendAsync(go, CancellationToken.None),
            _ => throw new InvalidOperationException("The gate answers go, no, or not known."),
        };
    }

    private async Task<DialResult> SendAsync(GateAnswer.Go go, CancellationToken ct)
    {
        var line = lines[go.Line];
        // Nothing is awaited between this look at the monotonic clock and the line's own.
        var answer = go.Deadline.Passed
            ? new LineAnswer.Refused("deadline")
            : await AskAsync(line, go.Call, go.Deadline, ct);
        CrashPoint.Reach("line.answered");
        await WriteAsync(go, answer, ct);
        if (go.Call.Room is not null)
            await alone.LookAsync(go.Shop, go.AttemptId, ct);
        return await StandingAsync(go, line, ct);
    }

    private async Task WriteAsync(GateAnswer.Go go, LineAnswer answer, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(go.Shop, ct);
        var now = time.GetUtcNow();
        switch (answer)
        {
            case LineAnswer.Accepted accepted:
                await AttemptMoves.PlacedAsync(session, go.Shop, go.AttemptId, accepted.CallId, now, ct);
                break;
            case LineAnswer.Refused refused:
                await AttemptMoves.NotPlacedAsync(session, go.Shop, go.AttemptId, refused.Code, now, ct);
                break;
            case LineAnswer.Unknown unknown:
                await AttemptMoves.UnknownAsync(session, go.Shop, go.AttemptId, unknown.Why, ct);
                break;
        }
        CrashPoint.Reach("answer.written");
        await session.CommitAsync();
        CrashPoint.Reach("answer.committed");
    }

    private async Task<LineAnswer> AskAsync(ILine line, LineCall call, Deadline deadline, CancellationToken ct)
    {
        try
        {
            return await line.PlaceAsync(call, deadline, ct);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A line that breaks instead of answering has said nothing about the call: that is Unknown, whatever broke.
            LineBroke(e, line.Name, call.AttemptId);
            return new LineAnswer.Unknown(e.GetType().Name);
        }
    }

    /// <summary>What is on record is what counts: the number is shown only for an attempt that stands as placed.</summary>
    private async Task<DialResult> StandingAsync(GateAnswer.Go go, ILine line, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(go.Shop, ct);
        var attempt = (await Attempt.FindAsync(session, [go.Shop], go.AttemptId, ct))!;
        return attempt.State switch
        {
            AttemptState.NotPlaced => new DialResult.NotPlaced(go.Shop, go.AttemptId, "line-refused"),
            AttemptState.Placed when line.Capabilities.ShowsNumber => new DialResult.Dialing(go.Shop, go.AttemptId, attempt.Number(vault), attempt.State),
            _ => new DialResult.Dialing(go.Shop, go.AttemptId, null, attempt.State),
        };
    }

    private async Task<DialResult> NotSentAsync(GateAnswer.CommitLost lost, string why)
    {
        await using var session = await db.BeginByKeyAsync(lost.Shop, CancellationToken.None);
        var stood = await AttemptMoves.NotPlacedAsync(session, lost.Shop, lost.AttemptId, why, time.GetUtcNow(), CancellationToken.None);
        await session.CommitAsync();
        CommitLost(lost.Cause, lost.AttemptId, stood);
        return stood ? new DialResult.NotPlaced(lost.Shop, lost.AttemptId, why) : throw new GateNotPassedException(lost.Cause);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The line {Line} broke while it was asked for attempt {AttemptId}; whether it rang is not known.")]
    private partial void LineBroke(Exception e, string line, Guid attemptId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The answer to the gate's commit of attempt {AttemptId} was lost; nothing was sent. The commit stood: {Stood}.")]
    private partial void CommitLost(Exception e, Guid attemptId, bool stood);
}

/// <summary>The gate's commit failed and nothing stands of it: the card is still held and may be dialed again.</summary>
public sealed class GateNotPassedException(Exception cause) : Exception("The database did not take the call; nothing was dialed.", cause);
