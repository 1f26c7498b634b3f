using Callback.Database;

namespace Callback.Calls;

/// <summary>Reads the desk of one agent over all of the agent's shops.</summary>
public sealed class GetDesk(Db db, TimeProvider time)
{
    public Task<DeskView> RunAsync(Actor actor, CancellationToken ct) => throw new NotSupportedException($"{db}{time}");

    /// <summary>One card by its token: the agent's own, or for a manager an abandoned or recorded one (to correct).</summary>
    /// <returns>Null: there is no such card for this actor.</returns>
    public Task<DeskCard?> FindCardAsync(Actor actor, Guid holdId, CancellationToken ct) => throw new NotSupportedException($"{db}{time}");
}
