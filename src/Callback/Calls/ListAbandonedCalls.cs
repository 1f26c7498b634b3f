using Callback.Database;

namespace Callback.Calls;

/// <summary>Calls whose agent vanished, for a manager to write their results; each opens by its token with <see cref="GetDesk.FindCardAsync"/>.</summary>
public sealed class ListAbandonedCalls(Db db)
{
    /// <returns>Of all shops in which the actor may correct results, the oldest first.</returns>
    public async Task<IReadOnlyList<WaitingWrapUp>> RunAsync(Actor actor, CancellationToken ct)
    {
        var shops = actor.ShopsWhere(Permission.CorrectResult);
        if (shops.Count == 0)
            throw new NotPermittedException(Permission.CorrectResult);
        await using var session = await db.BeginAsync(actor.Scope, ct);
        return await DeskLists.WrapUpsAsync(session, actor, shops, actor.UserId ?? Guid.Empty, ct);
    }
}
