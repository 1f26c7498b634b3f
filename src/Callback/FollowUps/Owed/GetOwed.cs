using Callback.Calls;
using Callback.Database;

namespace Callback.FollowUps.Owed;

/// <summary>For the desk: what there is to know before it can be said what the shop owes on a card.</summary>
public sealed class GetOwed(Db db, TimeProvider time, OwedReader reader)
{
    /// <param name="actor">Whose limit counts; somebody who may see the card.</param>
    /// <param name="card">The card in hand, or the one whose result is written.</param>
    /// <param name="ct">Cancels the reading.</param>
    public async Task<OwedFacts> RunAsync(Actor actor, DeskCard card, CancellationToken ct)
    {
        if (!actor.May(Permission.TakeCalls, card.Shop))
            actor.Demand(Permission.CorrectResult, card.Shop);
        await using var session = await db.BeginAsync(card.Shop, ct);
        return await reader.ReadAsync(
            session, card.Shop, card.CampaignId, [.. card.Orders.Select(order => order.OrderNo)], card.AttemptId,
            actor.May(Permission.ManageTasks, card.Shop), time.GetUtcNow(), ct);
    }
}
