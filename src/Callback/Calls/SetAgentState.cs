using Callback.Database;

namespace Callback.Calls;

/// <param name="PauseReason">Required with Paused: a code of the page's list (meal, training, meeting, technical, other …).</param>
public sealed record SetAgentStateInput(AgentState State, string? PauseReason = null);

/// <summary>Paused or away: a held card goes back to its place. Ready is what <see cref="HoldNextCall"/> says.</summary>
public sealed class SetAgentState(Db db, TimeProvider time)
{
    public Task RunAsync(Actor actor, SetAgentStateInput input, CancellationToken ct) => throw new NotSupportedException($"{db}{time}");
}
