using Callback.CallScripts;
using Callback.Database;

namespace Callback.FollowUps;

/// <param name="Why">Required; stands in the audit.</param>
public sealed record CorrectResultInput(Guid AttemptId, Guid SubmissionId, CallDraft Draft, string Why);

/// <summary>A manager's correction: one more revision. It can add a do-not-call, never take one away.</summary>
public sealed class CorrectResult(Db db, TimeProvider time)
{
    public Task<RecordedResult> RunAsync(Actor actor, CorrectResultInput input, CancellationToken ct) => throw new NotSupportedException($"{db}{time}");
}
