using Callback.CallScripts;
using Callback.Database;

namespace Callback.Calls;

/// <summary>Keeps what the agent has on the card so far; the last writer wins.</summary>
public sealed class SaveDraft(Db db, TimeProvider time)
{
    /// <returns>The moment it was saved; null: the card is not this agent's (any more) and nothing was saved.</returns>
    public Task<DateTimeOffset?> RunAsync(Actor actor, Guid holdId, CallDraft draft, CancellationToken ct) => throw new NotSupportedException($"{db}{time}");
}
