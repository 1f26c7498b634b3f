using Callback.Database;

namespace Callback.Calls;

/// <summary>Puts a call's result off on purpose, so that the agent can take the next card; it stays in the list until it is written.</summary>
public sealed class WrapUpLater(Db db, TimeProvider time)
{
    public Task<HoldOutcome> RunAsync(Actor actor, Guid attemptId, CancellationToken ct) => throw new NotSupportedException($"{db}{time}");
}
