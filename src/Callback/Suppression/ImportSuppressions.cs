using System.Globalization;
using Callback.Auditing;
using Callback.Database;
using Callback.Database.PersonalData;
using CsvHelper;

namespace Callback.Suppression;

/// <param name="Reason">For rows that name none; 1–200 characters.</param>
/// <param name="DoNotCall">Whether rows that do not say so are do-not-call; a list of the state or of an association is.</param>
public sealed record ImportSuppressionsInput(ShopId Shop, string Reason, bool DoNotCall);

/// <param name="Read">Rows below the header.</param>
/// <param name="Unchanged">Stood there already.</param>
public sealed record SuppressionImport(int Read, int Added, int Unchanged, IReadOnlyList<RejectedSuppression> Rejected);

/// <param name="Line">In the file, the header being 1.</param>
/// <param name="Reason">A problem's code.</param>
public sealed record RejectedSuppression(int Line, string Column, string Reason);

/// <summary>
/// Takes a list from a CSV file (UTF-8, a header line; see <see cref="SuppressionColumns"/>). A row that is wrong is told and left out, the others are added;
/// the same list twice changes nothing. Batches of 500 rows are saved on their own, so a repeated run completes a broken one.
/// </summary>
public sealed class ImportSuppressions(Db db, TimeProvider time, PersonalDataVault vault, TargetReader targets)
{
    /// <summary>Rows of one file.</summary>
    public const int Most = 200_000;

    private const int Batch = 500;

    private static readonly CsvReaderOptions Options = new() { TrackLineNumbers = true, TrimWhitespace = true, MaxRecordSize = 64 * 1024 };

    /// <exception cref="InvalidInputException"><c>list-header</c>, <c>list-too-long</c>, <c>reason-length</c>.</exception>
    public async Task<SuppressionImport> RunAsync(Actor actor, ImportSuppressionsInput input, Stream file, CancellationToken ct)
    {
        actor.Demand(Permission.EditSuppressions, input.Shop);
        if (input.Reason.Trim().Length is 0 or > 200)
            throw new InvalidInputException(Problem.Of("reason-length", "reason", ("allowed", "1–200")));
        var country = await CountryAsync(input.Shop, ct);
        using var csv = CsvReader.Create(file, Options, leaveOpen: true);
        await csv.ReadHeaderAsync(ct);
        var columns = SuppressionColumns.Find([.. csv.Headers])
            ?? throw new InvalidInputException(Problem.Of("list-header", "file", ("allowed", SuppressionColumns.Known)));
        var count = new Counts();
        var batch = new List<NewSuppression>(Batch);
        while (await csv.ReadAsync(ct))
        {
            if (++count.Read > Most)
                throw new InvalidInputException(Problem.Of("list-too-long", "file", ("most", Most.ToString(CultureInfo.InvariantCulture))));
            if (Row(columns, csv, input, country, count) is { } row)
                batch.Add(row);
            if (batch.Count == Batch)
                await SaveAsync(actor, input.Shop, batch, count, ct);
        }
        await SaveAsync(actor, input.Shop, batch, count, ct);
        await AuditAsync(actor, input, count, ct);
        return new(count.Read, count.Added, count.Read - count.Added - count.Rejected.Count, count.Rejected);
    }

    private NewSuppression? Row(SuppressionColumns columns, CsvReader csv, ImportSuppressionsInput input, string country, Counts count)
    {
        try
        {
            var wanted = columns.Read(csv, input);
            wanted = wanted with { Target = targets.Resolve(wanted.Target, country) };
            var problems = SuppressionPolicy.Validate(wanted, time.GetUtcNow());
            return problems.Count == 0 ? NewSuppression.Of(vault, wanted) : throw new InvalidInputException(problems);
        }
        catch (InvalidInputException wrong)
        {
            count.Rejected.Add(new((int)csv.LineNumber, wrong.Problems[0].Field ?? "", wrong.Problems[0].Code));
            return null;
        }
    }

    private async Task SaveAsync(Actor actor, ShopId shop, List<NewSuppression> batch, Counts count, CancellationToken ct)
    {
        if (batch.Count == 0)
            return;
        await using var session = await db.BeginAsync(shop, ct);
        count.Added += await SuppressionStore.AddAsync(session, shop, actor, batch, time.GetUtcNow(), ct);
        await session.CommitAsync();
        batch.Clear();
    }

    private async Task AuditAsync(Actor actor, ImportSuppressionsInput input, Counts count, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(input.Shop, ct);
        await AuditTrail.AppendAsync(
            session, input.Shop, actor, time.GetUtcNow(), "suppressions.imported", "suppressions",
            new { count.Read, count.Added, rejected = count.Rejected.Count, input.Reason, input.DoNotCall }, ct);
        await session.CommitAsync();
    }

    private async Task<string> CountryAsync(ShopId shop, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(shop, ct);
        return await TargetReader.CountryAsync(session, shop, ct);
    }

    private sealed class Counts
    {
        public int Read { get; set; }

        public int Added { get; set; }

        public List<RejectedSuppression> Rejected { get; } = [];
    }
}
