using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Orders.Files;

namespace Callback.Orders.Merge;

internal sealed record StagedBatch(OrderBatch Batch, IReadOnlyList<StagedOrder> Orders);

/// <summary>Merges the batches of one import; each is one transaction with its rejected rows and its counts.</summary>
internal sealed class BatchMerger(Db db, PersonalDataVault vault, TimeProvider time, ShopId shop, Guid importId, OrderSource source, DateTimeOffset asOf)
{
    public StagedBatch Stage(OrderBatch batch) => new(batch, [.. batch.Orders.Select(order => StagedOrder.Of(shop, order, vault))]);

    public async Task MergeAsync(StagedBatch staged, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(shop, ct);
        var (added, changed) = await MergeAsync(session, staged.Orders, ct);
        var batch = staged.Batch;
        if (batch.Rejected.Count > 0)
            await ImportJournal.KeepRejectedAsync(session, shop, importId, batch.Rejected, vault, ct);
        var counts = (batch.Rows, added, changed, staged.Orders.Count - added - changed, batch.Further, batch.Rejected.Count);
        await ImportJournal.ProgressAsync(session, shop, importId, counts, batch.BytesRead, time.GetUtcNow(), ct);
        await session.CommitAsync();
    }

    private async Task<(int New, int Changed)> MergeAsync(Session session, IReadOnlyList<StagedOrder> orders, CancellationToken ct)
    {
        if (orders.Count == 0)
            return (0, 0);
        await OrderStage.FillAsync(session, orders, ct);
        return await OrderMerge.RunAsync(session, shop, orders.Count, source, importId, asOf, time.GetUtcNow(), ct);
    }
}
