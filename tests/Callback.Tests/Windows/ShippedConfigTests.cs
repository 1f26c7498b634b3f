using Callback.Windows;

namespace Callback.Tests.Windows;

public sealed class ShippedConfigTests
{
    [Fact]
    public void Shipped_policies_holidays_and_regions_have_no_fault()
    {
        var errors = new WindowsConfigCheck().Check(Shipped.ConfigFolder).Where(finding => finding.Kind != ConfigFindingKind.Fact);

        Assert.Empty(errors);
    }
}
