using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Orders.Files;
using Callback.Orders.Merge;

namespace Callback.Orders;

/// <param name="AsOf">The moment whose truth the orders tell; default: now.</param>
/// <param name="Orders">1–1000.</param>
public sealed record UpsertOrdersInput(ShopId Shop, IReadOnlyList<OrderDocument> Orders, DateTimeOffset? AsOf = null);

/// <summary>Takes orders from the API: the same merge as an import, in one transaction. An order that cannot be used is rejected by itself, with its place as the line.</summary>
public sealed class UpsertOrders(Db db, PersonalDataVault vault, TimeProvider time)
{
    public const int MostOrders = 1000;

    /// <exception cref="InvalidInputException">orders-count, import-as-of-in-future.</exception>
    public async Task<UpsertResult> RunAsync(Actor actor, UpsertOrdersInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ImportOrders, input.Shop);
        var now = time.GetUtcNow();
        if (input.Orders.Count is 0 or > MostOrders)
            throw new InvalidInputException(Problem.Of("orders-count", "orders", ("given", $"{input.Orders.Count}"), ("most", $"{MostOrders}")));
        if (input.AsOf > now)
            throw new InvalidInputException(Problem.Of(ImportFailure.AsOfInFuture, "asOf", ("given", $"{input.AsOf:u}")));
        var importId = Ids.New(now);
        var asOf = input.AsOf?.ToUniversalTime() ?? now;
        var batch = Batch(input.Orders, await BeginAsync(actor, input.Shop, importId, asOf, now, ct));
        var merger = new BatchMerger(db, vault, time, input.Shop, importId, OrderSource.Api, asOf);
        await merger.MergeAsync(merger.Stage(batch), ct);
        await using var session = await db.BeginAsync(input.Shop, ct);
        await ImportJournal.EndAsync(session, input.Shop, importId, null, time.GetUtcNow(), ct);
        var summary = (await ImportQueries.FindAsync(session, input.Shop, importId, ct))!;
        await session.CommitAsync();
        return new(summary, batch.Rejected);
    }

    private async Task<ShopFacts> BeginAsync(Actor actor, ShopId shop, Guid importId, DateTimeOffset asOf, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(shop, ct);
        var facts = await ShopFacts.OfAsync(session, shop, ct);
        await ImportJournal.BeginAsync(session, shop, importId, ImportSource.Api, null, actor, now, ct, asOf);
        await session.CommitAsync();
        return facts;
    }

    private static OrderBatch Batch(IReadOnlyList<OrderDocument> documents, ShopFacts shop)
    {
        var orders = new Dictionary<OrderNo, IncomingOrder>();
        var rejected = new List<RejectedRow>();
        for (var place = 0; place < documents.Count; place++)
        {
            var (order, rejection) = documents[place].Read(shop, place + 1);
            if (rejection is not null)
                rejected.Add(rejection);
            // Of one order told twice in a request the further status counts, of equals the later.
            else if (!orders.TryGetValue(order!.OrderNo, out var other) || order.Status >= other.Status)
                orders[order.OrderNo] = order;
        }
        return new([.. orders.Values], rejected, documents.Count, documents.Count - orders.Count - rejected.Count, 0);
    }
}

/// <param name="Rejected">With the place in the request, from 1, as the line.</param>
public sealed record UpsertResult(ImportSummary Summary, IReadOnlyList<RejectedRow> Rejected);
