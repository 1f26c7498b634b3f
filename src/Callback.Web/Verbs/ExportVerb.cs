using System.CommandLine;
using Callback.FollowUps.Export;
using Callback.FollowUps.Log;

namespace Callback.Web.Verbs;

/// <summary><c>callback export log</c> writes the follow-up log into a file; <c>callback export trace</c> tells whose export a leaked row left in.</summary>
internal static class ExportVerb
{
    public static Command Create() => new("export", "Export the follow-up log, or trace a leaked export.") { Log(), Trace() };

    private static Command Log()
    {
        var shop = new Option<string>("--shop") { Description = "The shop's code.", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why the data leaves the system; kept in the audit.", Required = true };
        var from = new Option<DateOnly?>("--from") { Description = "First day, in the shop's zone." };
        var to = new Option<DateOnly?>("--to") { Description = "Last day, included." };
        var language = new Option<string>("--language") { Description = "Of the headings: zh-CN or en.", DefaultValueFactory = _ => "en" };
        var file = new Argument<FileInfo>("FILE") { Description = "Ends in .csv or .xlsx; must not exist yet." };
        return new Command("log", "Write the follow-up log into a CSV or Excel file.") { shop, reason, from, to, language, file }.Runs(async (verb, ct) =>
        {
            var target = verb.Arguments.GetRequiredValue(file);
            var input = new ExportInput(
                ShopId.Parse(verb.Arguments.GetRequiredValue(shop)),
                new LogFilter(verb.Arguments.GetValue(from), verb.Arguments.GetValue(to)),
                Format(target),
                verb.Arguments.GetRequiredValue(reason),
                verb.Arguments.GetRequiredValue(language));
            await using var stream = new FileStream(target.FullName, FileMode.CreateNew, FileAccess.ReadWrite);
            try
            {
                var exported = await verb.Service<ExportFollowUps>().RunAsync(verb.Actor, input, stream, ct);
                verb.Answer(new { file = target.FullName, exported.ExportNo, exported.Rows, exported.Sha256 }, $"{exported.Rows} rows in {target.FullName} (export {exported.ExportNo}).");
                return VerbContext.Done;
            }
            catch
            {
                target.Delete();
                throw;
            }
        });
    }

    private static Command Trace()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Text that holds exported rows, for example a leaked CSV file." };
        return new Command("trace", "Tell whose export a leaked row left in.") { file }.Runs(async (verb, ct) =>
        {
            var text = await File.ReadAllTextAsync(verb.Arguments.GetRequiredValue(file).FullName, ct);
            var exports = await verb.Service<TraceExport>().RunAsync(verb.Actor, text, ct);
            verb.Answer(
                new { exports },
                exports.Count == 0
                    ? "No export left these rows, or their marks were stripped."
                    : string.Join('\n', exports.Select(e => $"export {e.ExportNo} of shop {e.ShopId}: {e.ActorName} at {e.At:yyyy-MM-dd HH:mm}Z, {e.RowCount} rows, \"{e.Reason}\"")));
            return exports.Count == 0 ? VerbContext.Failed : VerbContext.Done;
        });
    }

    private static ExportFormat Format(FileInfo file) => file.Extension.ToUpperInvariant() switch
    {
        ".CSV" => ExportFormat.Csv,
        ".XLSX" => ExportFormat.Xlsx,
        _ => throw new FormatException($"'{file.Name}' ends neither in .csv nor in .xlsx."),
    };
}
