using System.CommandLine;
using Callback.Web.Hosting;
using Callback.Web.Settings;

namespace Callback.Web.Verbs;

/// <summary><c>callback check-config</c>: reads every file below the configuration folder and says what they come to. Needs no database.</summary>
internal static class CheckConfigVerb
{
    public static Command Create()
    {
        var command = new Command("check-config", "Check every file of the configuration and say what it comes to.");
        command.SetAction((parsed, _) => Edge.GuardAsync(parsed, () =>
        {
            var (settings, surroundings) = SettingsLoader.Load(Edge.Start(parsed));
            var findings = ConfigChecks.Run(settings, surroundings);
            var errors = findings.Count(finding => finding.Kind == ConfigFindingKind.Error);
            var lines = findings.Select(Line).Append($"{surroundings.ConfigFolder}: {errors} errors, {findings.Count(finding => finding.Kind == ConfigFindingKind.Warning)} warnings");
            VerbContext.Print(parsed, new { folder = surroundings.ConfigFolder, errors, findings }, string.Join(Environment.NewLine, lines));
            return Task.FromResult(errors == 0 ? VerbContext.Done : VerbContext.Failed);
        }));
        return command;
    }

    private static string Line(ConfigFinding finding) =>
        $"{(finding.Kind == ConfigFindingKind.Fact ? "" : finding.Kind.ToString().ToLowerInvariant() + ": ")}{finding.File}{(finding.Place is null ? "" : $" {finding.Place}")}: {finding.Message}";
}
