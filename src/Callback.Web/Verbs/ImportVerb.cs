using System.CommandLine;
using System.Globalization;
using Callback.Orders;
using Callback.Orders.Formats;
using Callback.Web.Localization;

namespace Callback.Web.Verbs;

/// <summary><c>callback import --shop S FILE…</c>: imports order exports. Exit code 1 when a file was refused; rejected rows alone do not fail it.</summary>
internal static class ImportVerb
{
    private const int MostRejectedShown = 10_000;

    public static Command Create()
    {
        var shop = new Option<string>("--shop") { Description = "The shop's code.", Required = true };
        var format = new Option<string>("--format") { Description = "A name from config/order-formats, or auto to go by the header.", DefaultValueFactory = _ => OrderFormatBook.Auto };
        var asOf = new Option<string?>("--as-of") { Description = "When the file was exported (2026-11-22T10:00:00+08:00). Default: as its name says, else now." };
        var files = new Argument<FileInfo[]>("FILE") { Description = "CSV or XLSX, one or several, imported in this order.", Arity = ArgumentArity.OneOrMore };
        return new Command("import", "Import order exports.") { shop, format, asOf, files }.Runs(async (verb, ct) =>
        {
            var target = ShopId.Parse(verb.Arguments.GetRequiredValue(shop));
            var results = new List<FileResult>();
            foreach (var file in verb.Arguments.GetRequiredValue(files))
                results.Add(await ImportAsync(verb, target, file, verb.Arguments.GetRequiredValue(format), Instant(verb.Arguments.GetValue(asOf)), ct));
            verb.Answer(Answer(results), string.Join('\n', results.Select(Sentence)));
            return results.All(result => result.Failure is null) ? VerbContext.Done : VerbContext.Failed;
        });
    }

    private static async Task<FileResult> ImportAsync(VerbContext verb, ShopId shop, FileInfo file, string format, DateTimeOffset? asOf, CancellationToken ct)
    {
        await using var stream = file.OpenRead();
        var result = await verb.Service<ImportOrders>().RunAsync(verb.Actor, new ImportOrdersInput(shop, stream, file.Name, format, asOf), ct);
        var rejected = await verb.Service<ImportQueries>().RejectedAsync(verb.Actor, shop, result.Summary.ImportId, 0, MostRejectedShown, ct);
        var failure = result is ImportResult.Refused refused ? new Texts(new TextBook(), Language.English).Of(refused.Problem) : null;
        return new(file.Name, result.Summary, rejected, failure);
    }

    /// <summary>The sums over all files at the top, and each file by itself.</summary>
    private static object Answer(List<FileResult> results) => new
    {
        read = results.Sum(result => result.Summary.Read),
        @new = results.Sum(result => result.Summary.New),
        changed = results.Sum(result => result.Summary.Changed),
        unchanged = results.Sum(result => result.Summary.Unchanged),
        rejected = results.Sum(result => result.Summary.Rejected),
        further = results.Sum(result => result.Summary.Further),
        rejectedRows = results.SelectMany(result => result.Rejected.Select(row => new { file = result.File, row.Line, row.Column, row.Value, row.Reason })),
        files = results.Select(result => new
        {
            file = result.File,
            importId = result.Summary.ImportId,
            format = result.Summary.Format,
            asOf = result.Summary.AsOf,
            read = result.Summary.Read,
            @new = result.Summary.New,
            changed = result.Summary.Changed,
            unchanged = result.Summary.Unchanged,
            rejected = result.Summary.Rejected,
            further = result.Summary.Further,
            error = result.Failure,
        }),
        error = results.Select(result => result.Failure).FirstOrDefault(failure => failure is not null),
    };

    private static string Sentence(FileResult result)
    {
        var counts = result.Summary;
        var lines = new List<string>
        {
            $"{result.File}: {counts.Read} rows read ({counts.Format ?? "no known format"}): {counts.New} orders new, {counts.Changed} changed, {counts.Unchanged} unchanged; {counts.Rejected} rows rejected.",
        };
        if (result.Failure is not null)
            lines.Add($"  {result.Failure}");
        lines.AddRange(result.Rejected.Take(20).Select(row => $"  line {row.Line}, {row.Column ?? "whole row"}: {row.Reason} {row.Value}".TrimEnd()));
        if (counts.Rejected > 20)
            lines.Add($"  and {counts.Rejected - 20} more; --json lists them, the Import screen hands them out as a file.");
        return string.Join('\n', lines);
    }

    private static DateTimeOffset? Instant(string? text)
    {
        if (text is null)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new FormatException($"'{text}' is not a moment such as 2026-11-22T10:00:00+08:00.");
    }

    private sealed record FileResult(string File, ImportSummary Summary, IReadOnlyList<RejectedRow> Rejected, string? Failure);
}
