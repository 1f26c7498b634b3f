using Callback.Database;

namespace Callback.Calls;

/// <summary>An agent's own attempt, wherever the agent works; anybody else's does not exist.</summary>
internal static class OwnAttempt
{
    public static async Task<Attempt> FindAsync(Db db, Actor actor, Guid attemptId, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(actor.Scope, ct);
        var attempt = await Attempt.FindAsync(session, Shops(actor), attemptId, ct);
        return attempt?.AgentId == Desk.Agent(actor) ? attempt : throw Unknown(attemptId);
    }

    public static IReadOnlyList<ShopId> Shops(Actor actor)
    {
        var shops = actor.ShopsWhere(Permission.TakeCalls);
        return shops.Count > 0 ? shops : throw new NotPermittedException(Permission.TakeCalls);
    }

    public static InvalidInputException Unknown(Guid attemptId) => new(Problem.Of("attempt-unknown", "attemptId", ("value", attemptId.ToString())));
}
