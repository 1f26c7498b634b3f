using Callback.Calls;
using Callback.CallScripts;

namespace Callback.FollowUps;

/// <param name="Why">Required, at most 500 characters; stands in the audit.</param>
public sealed record CorrectResultInput(Guid AttemptId, Guid SubmissionId, CallDraft Draft, string Why);

/// <summary>A manager's correction: one more revision. It can add a do-not-call, never take one away.</summary>
public sealed class CorrectResult(ResultWriter writer)
{
    private const int LongestWhy = 500;

    /// <exception cref="InvalidInputException">reason-required, result-missing, and all that <see cref="RecordResult"/> names.</exception>
    public Task<RecordedResult> RunAsync(Actor actor, CorrectResultInput input, CancellationToken ct)
    {
        Desk.Agent(actor);
        var shops = actor.ShopsWhere(Permission.CorrectResult);
        if (shops.Count == 0)
            throw new NotPermittedException(Permission.CorrectResult);
        var why = input.Why.Trim();
        if (why.Length is 0 or > LongestWhy)
            throw new InvalidInputException(Problem.Of("reason-required", "why", ("most", $"{LongestWhy}")));
        return writer.SaveAsync(new(actor, input.AttemptId, input.SubmissionId, input.Draft, why), _ => true, shops, ct);
    }
}
