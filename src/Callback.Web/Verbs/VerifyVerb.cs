using System.CommandLine;
using System.Globalization;
using System.Text;
using Callback.Calls;

namespace Callback.Web.Verbs;

/// <summary><c>callback verify</c>: proves on live data that nobody was called twice, outside the hours or against a word, and that no result is lost. Exit code 1 when something is found.</summary>
internal static class VerifyVerb
{
    public static Command Create() => new Command("verify", "Prove on the data what the program promises: nobody twice, nobody outside the hours, no result lost.").Runs(
        async (verb, ct) =>
        {
            var report = await verb.Service<VerifyInvariants>().RunAsync(verb.Actor, ct);
            verb.Answer(new { report.Clean, report.At, report.Invariants }, Text(report));
            return report.Clean ? VerbContext.Done : VerbContext.Failed;
        });

    internal static string Text(VerifyReport report)
    {
        var text = new StringBuilder();
        foreach (var invariant in report.Invariants)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(invariant.Found == 0 ? "ok   " : "FOUND")} {invariant.Holds} ({invariant.Checked} rows looked at");
            text.AppendLine(invariant.Found == 0 ? ")" : $"; {invariant.Found} violations)");
            foreach (var violation in invariant.Violations)
                text.AppendLine(CultureInfo.InvariantCulture, $"        {violation.Shop}  {violation.Subject}  {violation.Detail}");
            if (invariant.Found > invariant.Violations.Count)
                text.AppendLine(CultureInfo.InvariantCulture, $"        … and {invariant.Found - invariant.Violations.Count} more");
        }
        return text.Append(report.Clean ? "Clean." : "Something is wrong: see FOUND above.").ToString();
    }
}
