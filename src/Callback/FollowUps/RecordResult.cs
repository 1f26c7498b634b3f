using Callback.CallScripts;
using Callback.Database;

namespace Callback.FollowUps;

/// <param name="SubmissionId">The page's own id for this saving: the same id again is answered with what was saved then.</param>
public sealed record RecordResultInput(Guid AttemptId, Guid SubmissionId, CallDraft Draft);

/// <param name="Revision">1 for the first result, more when there was one already; nothing is overwritten.</param>
/// <param name="Repeated">This submission had been saved before.</param>
public sealed record RecordedResult(ShopId Shop, Guid AttemptId, int Revision, DateTimeOffset At, bool Repeated);

/// <summary>Writes a call's result and everything that follows from it in one transaction; answers only after the commit.</summary>
public sealed class RecordResult(Db db, TimeProvider time)
{
    /// <exception cref="InvalidInputException">
    /// result-too-early (the call is not over), attempt-unknown, outcome-unknown, reason-unknown, note-required, promise-required, promise-not-allowed,
    /// promise-outside-hours, checklist-open, task-unknown …: each problem names its field.
    /// </exception>
    public Task<RecordedResult> RunAsync(Actor actor, RecordResultInput input, CancellationToken ct) => throw new NotSupportedException($"{db}{time}");
}
