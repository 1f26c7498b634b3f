namespace Callback.Calls;

/// <summary>Whose desk it is.</summary>
internal static class Desk
{
    /// <exception cref="InvalidInputException"><c>agent-required</c>: the key or program that asks is no agent.</exception>
    public static Guid Agent(Actor actor) => actor.UserId ?? throw new InvalidInputException(Problem.Of("agent-required"));
}
