using Callback.Database;
using Callback.Orders;
using Callback.Planning;

namespace Callback.Calls;

/// <summary>The agent looked the orders up and they are paid: marks them so, closes the card, spends nothing.</summary>
public sealed class AlreadyPaid(Db db, TimeProvider time)
{
    /// <param name="actor">The agent who holds the card.</param>
    /// <param name="holdId">The card.</param>
    /// <param name="orderNos">Which of the card's orders; null: all. With the last one the card closes.</param>
    /// <param name="ct">Cancels what is not committed.</param>
    public async Task<HoldOutcome> RunAsync(Actor actor, Guid holdId, IReadOnlyList<string>? orderNos, CancellationToken ct)
    {
        var agent = Desk.Agent(actor);
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(actor.Scope, ct);
        if (await QueuedCall.PeekAsync(session, OwnAttempt.Shops(actor), agent, holdId, ct) is not { } seen)
            return HoldOutcome.HoldLost;
        var paid = seen.Orders.Where(order => orderNos is null || orderNos.Select(OrderNo.TryParse).Contains(order)).ToList();
        foreach (var order in paid)
            await MarkPaid.InAsync(session, actor, seen.ShopId, order, now, ct);
        if (await QueuedCall.LockAsync(session, seen, agent, ct) is not { } call)
            return HoldOutcome.HoldLost;
        var leaving = paid.Select(order => new LeavingOrder(order, BlockReason.OrderPaid, null, null)).ToList();
        if (call.Orders.All(paid.Contains))
            await QueueRows.LeaveAsync(session, call, nameof(BlockReason.OrderPaid), agent, leaving, now, ct);
        else
            await QueueRows.DropAsync(session, call, leaving, ct);
        await session.CommitAsync();
        return HoldOutcome.Done;
    }
}
