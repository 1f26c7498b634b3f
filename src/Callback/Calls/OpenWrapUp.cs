using Callback.Database;

namespace Callback.Calls;

/// <summary>Brings a call that was put off or abandoned back onto the desk; an abandoned one of another agent only for a manager.</summary>
public sealed class OpenWrapUp(Db db, TimeProvider time)
{
    public Task<HoldOutcome> RunAsync(Actor actor, Guid attemptId, CancellationToken ct) => throw new NotSupportedException($"{db}{time}");
}
