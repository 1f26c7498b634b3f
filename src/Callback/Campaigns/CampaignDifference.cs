using System.Globalization;

namespace Callback.Campaigns;

/// <summary>Settings as texts, for the audit: what was, and what is.</summary>
internal static class CampaignDifference
{
    public static IReadOnlyDictionary<string, string?> All(CampaignSettings s) => new Dictionary<string, string?>
    {
        ["name"] = s.Name,
        ["startsOn"] = s.StartsOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["endsOn"] = s.EndsOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["minAge"] = s.MinAge.ToString(),
        ["maxAge"] = s.MaxAge.ToString(),
        ["minAmount"] = s.MinAmount?.ToString(CultureInfo.InvariantCulture),
        ["maxAmount"] = s.MaxAmount?.ToString(CultureInfo.InvariantCulture),
        ["windows"] = s.Windows?.ToJson(),
        ["dailyCap"] = s.DailyCap?.ToString(CultureInfo.InvariantCulture),
        ["orderBy"] = s.OrderBy.ToString(),
        ["holdoutPercent"] = s.HoldoutPercent.ToString(CultureInfo.InvariantCulture),
        ["maxDataAge"] = s.MaxDataAge?.ToString(),
        ["holdFor"] = s.HoldFor.ToString(),
        ["callScript"] = s.CallScript,
        ["scriptVersion"] = s.ScriptVersion?.ToString(CultureInfo.InvariantCulture),
        ["line"] = s.Line,
        ["agents"] = s.Agents.Count == 0 ? null : string.Join(' ', s.Agents.Order()),
    };

    /// <summary>Only what differs: name of the setting → before and after.</summary>
    public static IReadOnlyDictionary<string, Change> Between(CampaignSettings before, CampaignSettings after)
    {
        var old = All(before);
        return All(after).Where(setting => setting.Value != old[setting.Key]).ToDictionary(setting => setting.Key, setting => new Change(old[setting.Key], setting.Value));
    }

    internal sealed record Change(string? Before, string? After);
}
