using Callback.CallScripts.Reading;

namespace Callback.CallScripts;

/// <summary>Checks outcomes, checklists and every call script, and says how long each script takes.</summary>
public sealed class CallScriptsCheck : IConfigCheck
{
    public IEnumerable<ConfigFinding> Check(string configFolder)
    {
        var findings = new Findings();
        PackReader.Read(configFolder, findings);
        return findings.All;
    }
}
