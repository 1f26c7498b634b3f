using Callback.Database;

namespace Callback.Calls;

/// <summary>Gives the card back to where it stood, for a pause or the end of a shift.</summary>
public sealed class ReleaseHold(Db db, TimeProvider time)
{
    public Task<HoldOutcome> RunAsync(Actor actor, Guid holdId, CancellationToken ct) => throw new NotSupportedException($"{db}{time}");
}
