using Callback.Database;
using Callback.Planning;

namespace Callback.Calls;

/// <param name="Reason">Why, in the agent's words or a code of the page; required, at most 200 characters.</param>
public sealed record SkipCallInput(Guid HoldId, string Reason);

/// <summary>What became of a hold that the agent gave back, or of any step on a card.</summary>
public enum HoldOutcome
{
    Done,

    /// <summary>The hold ran out or is another agent's: nothing was done.</summary>
    HoldLost,
}

/// <summary>Puts the card back behind the others. Costs nothing, and is counted.</summary>
public sealed class SkipCall(Db db, TimeProvider time)
{
    private const int LongestReason = 200;

    /// <exception cref="InvalidInputException"><c>reason-required</c>, <c>reason-too-long</c>.</exception>
    public async Task<HoldOutcome> RunAsync(Actor actor, SkipCallInput input, CancellationToken ct)
    {
        var agent = Desk.Agent(actor);
        var reason = Checked(input.Reason);
        await using var session = await db.BeginByKeyAsync(actor.Scope, ct);
        if (await QueuedCall.PeekAsync(session, OwnAttempt.Shops(actor), agent, input.HoldId, ct) is not { } call
            || !await QueueRows.FreeAsync(session, call, PriorityPolicy.SkipPenalty, ct))
            return HoldOutcome.HoldLost;
        var now = time.GetUtcNow();
        await session.ExecuteAsync(
            """
            with counted as (
                insert into skips (shop_id, skip_id, queued_call_id, agent_id, reason, at)
                values (@ShopId, @skipId, @QueuedCallId, @agent, @reason, @now))
            delete from drafts
            where shop_id = @ShopId and hold_id = @HoldId
            """,
            new { call.ShopId, skipId = Ids.New(now), call.QueuedCallId, agent, reason, now, call.HoldId },
            ct);
        await session.CommitAsync();
        return HoldOutcome.Done;
    }

    private static string Checked(string reason) => reason.Trim() switch
    {
        "" => throw new InvalidInputException(Problem.Of("reason-required", "reason")),
        { Length: > LongestReason } => throw new InvalidInputException(Problem.Of("reason-too-long", "reason", ("most", $"{LongestReason}"))),
        var text => text,
    };
}
