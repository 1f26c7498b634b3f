using Callback.Calls;
using Callback.CallScripts;

namespace Callback.FollowUps;

/// <param name="SubmissionId">The page's own id for this saving: the same id again is answered with what was saved then.</param>
public sealed record RecordResultInput(Guid AttemptId, Guid SubmissionId, CallDraft Draft);

/// <param name="Revision">1 for the first result, more when there was one already; nothing is overwritten.</param>
/// <param name="Repeated">This submission had been saved before.</param>
public sealed record RecordedResult(ShopId Shop, Guid AttemptId, int Revision, DateTimeOffset At, bool Repeated);

/// <summary>Writes a call's result and everything that follows from it in one transaction; answers only after the commit.</summary>
public sealed class RecordResult(ResultWriter writer)
{
    /// <exception cref="InvalidInputException">
    /// attempt-unknown, call-not-over, submission-reused; outcome-required, outcome-unknown, reason-code-required, reason-unknown, reasons-not-allowed,
    /// note-required, note-too-long, promise-required, promise-not-allowed, promise-despite-do-not-call, promise-zone-unknown, promise-in-the-past,
    /// promise-too-far, promise-outside-hours, checklist-open, task-unknown, task-order-unknown: each problem names its field.
    /// </exception>
    public Task<RecordedResult> RunAsync(Actor actor, RecordResultInput input, CancellationToken ct)
    {
        var agent = Desk.Agent(actor);
        return writer.SaveAsync(
            new(actor, input.AttemptId, input.SubmissionId, input.Draft, Why: null), attempt => MayWrite(actor, agent, attempt), Shops(actor), ct);
    }

    /// <summary>The agent of the call; a manager where the agent vanished.</summary>
    private static bool MayWrite(Actor actor, Guid agent, Attempt attempt) =>
        (attempt.AgentId == agent && actor.May(Permission.TakeCalls, attempt.ShopId))
        || (attempt.WrapUp == WrapUpState.Abandoned && actor.May(Permission.CorrectResult, attempt.ShopId));

    private static IReadOnlyList<ShopId> Shops(Actor actor)
    {
        IReadOnlyList<ShopId> shops = [.. actor.ShopsWhere(Permission.TakeCalls).Union(actor.ShopsWhere(Permission.CorrectResult))];
        return shops.Count > 0 ? shops : throw new NotPermittedException(Permission.TakeCalls);
    }
}
