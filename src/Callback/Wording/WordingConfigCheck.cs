namespace Callback.Wording;

/// <summary>Checks the list of wordings and counts it.</summary>
public sealed class WordingConfigCheck : IConfigCheck
{
    public IEnumerable<ConfigFinding> Check(string configFolder)
    {
        var findings = new List<ConfigFinding>();
        var rules = WordingReader.Read(configFolder, findings);
        var kinds = rules.GroupBy(rule => rule.Entry.Kind).OrderBy(kind => kind.Key).Select(kind => $"{kind.Key} {kind.Count()}");
        return findings.Append(new("wording", null, ConfigFindingKind.Fact, $"{rules.Count} entries: {string.Join(", ", kinds)}")).Distinct();
    }
}
