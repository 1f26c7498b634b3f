namespace Callback.Windows;

/// <summary>Checks policies, holidays and regions, and tells what each preset comes to.</summary>
public sealed class WindowsConfigCheck : IConfigCheck
{
    public IEnumerable<ConfigFinding> Check(string configFolder)
    {
        var findings = new List<ConfigFinding>();
        var book = PolicyReader.Read(configFolder, findings);
        _ = RegionReader.Read(configFolder, findings);
        findings.AddRange(book.Presets.Select(preset =>
            new ConfigFinding($"policies/{preset.Name}.yaml", null, ConfigFindingKind.Fact, PolicyDescription.Of(preset.Rules))));
        return findings.Distinct();
    }
}
