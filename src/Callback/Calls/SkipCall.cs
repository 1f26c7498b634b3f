using Callback.Database;

namespace Callback.Calls;

/// <param name="Reason">Why, in the agent's words or a code of the page; required.</param>
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
    public Task<HoldOutcome> RunAsync(Actor actor, SkipCallInput input, CancellationToken ct) => throw new NotSupportedException($"{db}{time}");
}
