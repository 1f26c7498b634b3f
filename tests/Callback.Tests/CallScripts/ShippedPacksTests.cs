using Callback.CallScripts;

namespace Callback.Tests.CallScripts;

public sealed class ShippedPacksTests
{
    [Fact]
    public void Shipped_configuration_has_no_mistake()
    {
        var findings = new CallScriptsCheck().Check(Config.Folder).Where(finding => finding.Kind != ConfigFindingKind.Fact);
        Assert.Empty(findings.Select(finding => $"{finding.File} {finding.Place}: {finding.Message}"));
    }
}
