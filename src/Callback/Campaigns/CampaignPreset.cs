using System.Collections.Frozen;

namespace Callback.Campaigns;

/// <summary>A ready-made campaign of <c>config/campaigns</c>.</summary>
/// <param name="NameZh">The name a campaign made from it gets in a Chinese shop.</param>
/// <param name="NameEn">The same in an English one.</param>
/// <param name="Settings">As the file says; the name is the English one.</param>
public sealed record CampaignPreset(string Code, string NameZh, string NameEn, Purpose Purpose, CampaignSettings Settings)
{
    public string NameIn(string language) => language == "zh-CN" ? NameZh : NameEn;
}

/// <summary>All presets of the configuration folder, read once and checked.</summary>
public sealed class CampaignPresets
{
    private readonly FrozenDictionary<string, CampaignPreset> presets;

    internal CampaignPresets(IEnumerable<CampaignPreset> presets) => this.presets = presets.ToFrozenDictionary(preset => preset.Code);

    public IReadOnlyList<CampaignPreset> All => [.. presets.Values.OrderBy(preset => preset.Code, StringComparer.Ordinal)];

    public CampaignPreset? Find(string code) => presets.GetValueOrDefault(code);

    /// <exception cref="RefusalException">A file is wrong; the message has one line for each error.</exception>
    public static CampaignPresets Load(string configFolder)
    {
        var findings = new List<ConfigFinding>();
        var presets = PresetReader.Read(configFolder, findings);
        var errors = findings.Where(finding => finding.Kind == ConfigFindingKind.Error).Select(finding => $"{finding.File}, {finding.Place}: {finding.Message}").ToList();
        return errors.Count == 0 ? presets : throw new RefusalException($"The campaign presets cannot be used:{Environment.NewLine}{string.Join(Environment.NewLine, errors)}");
    }

    /// <exception cref="InvalidInputException"><c>preset-unknown</c>, with the names there are.</exception>
    public CampaignPreset Demand(string code) => Find(code) ?? throw new InvalidInputException(
        Problem.Of("preset-unknown", "preset", ("preset", code), ("allowed", string.Join(", ", All.Select(preset => preset.Code)))));
}
