using Callback.Database;

namespace Callback.Calls;

/// <summary>The agent looked the orders up and they are paid: marks them so, closes the card, spends nothing.</summary>
public sealed class AlreadyPaid(Db db, TimeProvider time)
{
    /// <param name="orderNos">Which of the card's orders; null: all. With the last one the card closes.</param>
    public Task<HoldOutcome> RunAsync(Actor actor, Guid holdId, IReadOnlyList<string>? orderNos, CancellationToken ct) => throw new NotSupportedException($"{db}{time}");
}
