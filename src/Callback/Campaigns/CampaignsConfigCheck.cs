using System.Globalization;
using Callback.CallScripts;
using Callback.Windows;

namespace Callback.Campaigns;

/// <summary>Checks the campaign presets, and tells what each comes to under each policy.</summary>
public sealed class CampaignsConfigCheck : IConfigCheck
{
    public IEnumerable<ConfigFinding> Check(string configFolder)
    {
        var findings = new List<ConfigFinding>();
        var presets = PresetReader.Read(configFolder, findings);
        // Their own checks tell what is wrong with policies and call scripts; without them there is nothing to compare with.
        if (Try(() => CallScriptBook.Load(configFolder)) is { } scripts)
            findings.AddRange(presets.All.Where(preset => !scripts.NamesFor(preset.Purpose).Contains(preset.Settings.CallScript)).Select(preset => new ConfigFinding(
                File(preset), "call_script", ConfigFindingKind.Error,
                $"'{preset.Settings.CallScript}' is no call script of {preset.Purpose}{Nearest.Hint(preset.Settings.CallScript, scripts.NamesFor(preset.Purpose))}")));
        if (Try(() => PolicyBook.Load(configFolder)) is { } policies)
            foreach (var preset in presets.All)
                findings.AddRange(policies.Presets.SelectMany(policy => Under(preset, policies, policy.Name)));
        return findings;
    }

    private static IEnumerable<ConfigFinding> Under(CampaignPreset preset, PolicyBook policies, string policy)
    {
        foreach (var problem in preset.Settings.Windows?.Validate(policies.Effective(policy)) ?? [])
            yield return new(File(preset), problem.Field, ConfigFindingKind.Warning, $"asks under {policy} for {problem.Values["asked"]}, which allows {problem.Values["allowed"]}: the wider part is cut off");
        var effective = policies.Effective(policy, preset.Settings.Windows);
        var consent = effective.NeedsConsent(preset.Purpose) ? "; nobody is called, because consent is not recorded" : "";
        yield return new(File(preset), null, ConfigFindingKind.Fact, $"{preset.Code} under {PolicyDescription.Of(effective)}; {Limits(preset.Settings)}{consent}");
    }

    private static string Limits(CampaignSettings settings) => string.Create(
        CultureInfo.InvariantCulture,
        $"orders aged {settings.MinAge.TotalHours:0.##} to {settings.MaxAge.TotalHours:0.##} h, data at most {settings.MaxDataAge?.TotalHours.ToString("0.##", CultureInfo.InvariantCulture) ?? "12 h from files or 0.25"} h old, held {settings.HoldFor.TotalMinutes:0.##} min, {settings.HoldoutPercent} % not called");

    private static string File(CampaignPreset preset) => $"campaigns/{preset.Code}.yaml";

    private static T? Try<T>(Func<T> load) where T : class
    {
        try
        {
            return load();
        }
        catch (Exception e) when (e is RefusalException or CallScriptsInvalidException)
        {
            return null;
        }
    }
}
