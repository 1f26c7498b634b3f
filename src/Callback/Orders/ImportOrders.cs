using System.Threading.Channels;
using Callback.Auditing;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Orders.Files;
using Callback.Orders.Formats;
using Callback.Orders.Merge;

namespace Callback.Orders;

/// <param name="File">Seekable, read twice; the caller closes it.</param>
/// <param name="FileName">As the user knows it; may tell when the export was made.</param>
/// <param name="Format">A format's name, or <c>auto</c>.</param>
/// <param name="AsOf">The moment whose truth the file tells; default: that of an earlier import of the same bytes, else the file name's, else now.</param>
/// <param name="ImportId">Of an import that was begun already (<see cref="ImportOrders.BeginAsync"/>); default: a new one.</param>
public sealed record ImportOrdersInput(
    ShopId Shop,
    Stream File,
    string FileName,
    string Format = OrderFormatBook.Auto,
    DateTimeOffset? AsOf = null,
    ImportSource Source = ImportSource.File,
    Guid? ImportId = null);

public abstract record ImportResult(ImportSummary Summary)
{
    /// <summary>Read to its end. Some rows may have been rejected.</summary>
    public sealed record Done(ImportSummary Summary) : ImportResult(Summary);

    /// <summary>The file was refused, or reading stopped at a limit; what the summary counts was imported.</summary>
    public sealed record Refused(ImportSummary Summary, Problem Problem) : ImportResult(Summary);
}

/// <summary>
/// Reads an order export as a stream and merges it batch by batch. Each batch is one transaction with its counts, so that what was reported stays, whatever happens
/// next, and importing the same file again completes it. One batch is read ahead while another is merged.
/// </summary>
public sealed class ImportOrders(Db db, PersonalDataVault vault, OrderFormatBook formats, LocalToInstant toInstant, ImportOptions options, TimeProvider time)
{
    /// <exception cref="ShopUnknownException">There is no such shop for this actor.</exception>
    public async Task<ImportResult> RunAsync(Actor actor, ImportOrdersInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ImportOrders, input.Shop);
        var importId = input.ImportId ?? await BeginAsync(actor, input.Shop, input.Source, input.FileName, ct);
        Problem? failure = null;
        try
        {
            await ReadAsync(input, importId, ct);
        }
        catch (InvalidInputException e)
        {
            failure = e.Problems[0];
        }
        catch
        {
            await EndAsync(actor, input, importId, Problem.Of(ImportFailure.Interrupted), CancellationToken.None);
            throw;
        }
        var summary = await EndAsync(actor, input, importId, failure, ct);
        return failure is null ? new ImportResult.Done(summary) : new ImportResult.Refused(summary, failure);
    }

    /// <summary>Writes the import down as running, for callers that read the file later and want to show its progress.</summary>
    public async Task<Guid> BeginAsync(Actor actor, ShopId shop, ImportSource source, string fileName, CancellationToken ct)
    {
        actor.Demand(Permission.ImportOrders, shop);
        var now = time.GetUtcNow();
        var importId = Ids.New(now);
        await using var session = await db.BeginAsync(shop, ct);
        await ShopFacts.OfAsync(session, shop, ct);
        await ImportJournal.BeginAsync(session, shop, importId, source, CellText.Storable(fileName), actor, now, ct);
        await session.CommitAsync();
        return importId;
    }

    private async Task ReadAsync(ImportOrdersInput input, Guid importId, CancellationToken ct)
    {
        var fingerprint = await FileFingerprint.TakeAsync(input.File, options.MaxBytes, ct);
        if (fingerprint.Bytes > options.MaxBytes)
            throw new InvalidInputException(Problem.Of(ImportFailure.TooLarge, "file", ("most", $"{options.MaxBytes >> 20} MB")));
        if (fingerprint.Bytes == 0)
            throw new InvalidInputException(Problem.Of(ImportFailure.Empty, "file"));
        using var file = OrderFile.Open(input.File, fingerprint, formats, input.Format);
        var (shop, asOf) = await UnderstandAsync(input, importId, fingerprint, file, ct);
        var map = new HeaderMap(file.Format, file.Rows.Header);
        var context = new RowContext(file.Format, map, ZoneOf(file.Format, shop), file.Format.Country ?? shop.Country, file.Format.Currency ?? shop.Currency, toInstant);
        var batches = new OrderBatches(file.Rows, new RowParser(context), file.Format, options.BatchRows, options.MaxRows);
        var merger = new BatchMerger(db, vault, time, input.Shop, importId, OrderSource.File, asOf);
        await PumpAsync(batches, merger, ct);
    }

    private async Task<(ShopFacts Shop, DateTimeOffset AsOf)> UnderstandAsync(ImportOrdersInput input, Guid importId, FileFingerprint fingerprint, OrderFile file, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (input.AsOf > now)
            throw new InvalidInputException(Problem.Of(ImportFailure.AsOfInFuture, "as-of", ("given", $"{input.AsOf:u}")));
        await using var session = await db.BeginAsync(input.Shop, ct);
        var shop = await ShopFacts.OfAsync(session, input.Shop, ct);
        var asOf = input.AsOf?.ToUniversalTime()
            ?? await ImportJournal.AsOfOfSameFileAsync(session, input.Shop, fingerprint.Sha256, ct)
            ?? OrderFile.ExportedAt(file.Format, input.FileName, ZoneOf(file.Format, shop), toInstant)
            ?? now;
        // A name from the future must not make old data look fresh.
        asOf = asOf > now ? now : asOf;
        await ImportJournal.UnderstoodAsync(session, input.Shop, importId, fingerprint.Sha256, file.Format.Name, [.. file.Rows.Header.Select(CellText.Storable)], asOf, fingerprint.Bytes, ct);
        await session.CommitAsync();
        return (shop, asOf);
    }

    private static TimeZoneInfo ZoneOf(OrderFormat format, ShopFacts shop) => format.Zone ?? TimeZoneInfo.FindSystemTimeZoneById(shop.Zone);

    private static async Task PumpAsync(OrderBatches batches, BatchMerger merger, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ready = Channel.CreateBounded<StagedBatch>(1);
        var reading = Task.Run(
            async () =>
            {
                foreach (var batch in batches.Read())
                    await ready.Writer.WriteAsync(merger.Stage(batch), stop.Token);
            },
            stop.Token);
        var closing = reading.ContinueWith(read => ready.Writer.Complete(read.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            await foreach (var batch in ready.Reader.ReadAllAsync(ct))
                await merger.MergeAsync(batch, ct);
            await reading;
        }
        finally
        {
            await stop.CancelAsync();
            await closing;
        }
    }

    private async Task<ImportSummary> EndAsync(Actor actor, ImportOrdersInput input, Guid importId, Problem? failure, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(input.Shop, ct);
        await ImportJournal.EndAsync(session, input.Shop, importId, failure, now, ct);
        var summary = (await ImportQueries.FindAsync(session, input.Shop, importId, ct))!;
        var details = new { file = input.FileName, summary.Format, summary.AsOf, summary.Read, summary.New, summary.Changed, summary.Unchanged, summary.Rejected, failure = failure?.Code };
        await AuditTrail.AppendAsync(session, input.Shop, actor, now, "orders.imported", $"import:{importId}", details, ct);
        await session.CommitAsync();
        return summary;
    }
}
