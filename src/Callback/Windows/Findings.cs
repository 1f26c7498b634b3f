namespace Callback.Windows;

internal static class Findings
{
    /// <summary>The errors, one a line, or null when there is none.</summary>
    public static string? Errors(IEnumerable<ConfigFinding> findings)
    {
        var errors = findings.Where(finding => finding.Kind == ConfigFindingKind.Error).Distinct().Select(Line).ToList();
        return errors.Count == 0 ? null : string.Join(Environment.NewLine, errors);
    }

    private static string Line(ConfigFinding finding) => $"{finding.File}{(finding.Place is null ? "" : $", {finding.Place}")}: {finding.Message}";
}
