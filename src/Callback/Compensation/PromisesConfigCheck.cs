using System.Globalization;

namespace Callback.Compensation;

/// <summary>Checks config/promises.yaml, and tells what each role may give alone.</summary>
public sealed class PromisesConfigCheck : IConfigCheck
{
    public IEnumerable<ConfigFinding> Check(string configFolder)
    {
        var findings = new List<ConfigFinding>();
        var book = PromisesReader.Read(configFolder, findings);
        findings.AddRange(book.Limits.Select(limit => new ConfigFinding(PromisesReader.File, "limits", ConfigFindingKind.Fact, Describe(limit))));
        return findings;
    }

    private static string Describe(GrantLimit limit) =>
        $"{limit.Role} of {limit.Shop ?? "every shop"} in {limit.Campaign ?? "every campaign"} may give per order up to "
        + string.Join(", ", limit.Most.ByCurrency.OrderBy(amount => amount.Key, StringComparer.Ordinal)
            .Select(amount => $"{amount.Value.ToString("0.00", CultureInfo.InvariantCulture)} {amount.Key}"));
}
