using System.Globalization;
using Callback.CallScripts;
using Callback.Windows;

namespace Callback.Campaigns;

/// <summary>What a campaign's settings have to keep to, and which step follows which status.</summary>
public static class CampaignPolicy
{
    public static readonly TimeSpan OldestOrder = TimeSpan.FromDays(90);

    public static readonly TimeSpan ShortestHold = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(30);

    public static readonly TimeSpan OldestData = TimeSpan.FromDays(30);

    private static readonly string[] Lines = ["manual", "practice", "twilio"];

    /// <summary>Everything that is wrong with settings in themselves; the field is the setting's name as in a preset's file.</summary>
    public static IReadOnlyList<Problem> Validate(CampaignSettings settings) =>
    [
        .. Rules(settings).Where(rule => rule.Broken).Select(rule => Problem.Of(rule.Code, rule.Field, ("value", rule.Value), ("allowed", rule.Allowed))),
    ];

    /// <summary>What is wrong with settings for this shop: windows that ask for more than its policy, a call script that is none of the purpose's.</summary>
    /// <param name="policy">The shop's, without the campaign's narrowing.</param>
    /// <param name="scripts">The call scripts of the purpose, with their versions.</param>
    /// <param name="practice">The shop is one of simulated customers.</param>
    public static IReadOnlyList<Problem> ValidateFor(CampaignSettings settings, EffectivePolicy policy, IReadOnlyList<ScriptChoice> scripts, bool practice) =>
    [
        .. Validate(settings),
        .. settings.Windows?.Validate(policy) ?? [],
        .. Script(settings, scripts),
        .. practice == (settings.Line == "practice")
            ? Array.Empty<Problem>()
            : [Problem.Of("line-of-practice", "line", ("value", settings.Line), ("allowed", practice ? "practice" : "manual, twilio"))],
    ];

    private static IEnumerable<Problem> Script(CampaignSettings settings, IReadOnlyList<ScriptChoice> scripts)
    {
        var chosen = scripts.FirstOrDefault(script => script.Name == settings.CallScript);
        if (chosen is null)
            yield return Problem.Of("call-script-unknown", "call_script", ("value", settings.CallScript), ("allowed", string.Join(", ", scripts.Select(script => script.Name))));
        else if (settings.ScriptVersion is { } version && !chosen.Versions.Contains(version))
            yield return Problem.Of("script-version-unknown", "script_version", ("value", Text(version)), ("allowed", string.Join(", ", chosen.Versions)));
    }

    /// <summary>Draft and Paused start, Running pauses, everything but Ended ends; ended is for good.</summary>
    public static bool MayBecome(CampaignStatus from, CampaignStatus to) => (from, to) switch
    {
        (CampaignStatus.Draft or CampaignStatus.Paused, CampaignStatus.Running) => true,
        (CampaignStatus.Running, CampaignStatus.Paused) => true,
        (not CampaignStatus.Ended, CampaignStatus.Ended) => true,
        _ => false,
    };

    private static IEnumerable<Rule> Rules(CampaignSettings s) =>
    [
        new("name-length", "name", s.Name, "1–80", s.Name.Trim().Length is 0 or > 80),
        new("age-negative", "min_age", s.MinAge.ToString(), "≥ 0", s.MinAge < TimeSpan.Zero),
        new("age-order", "max_age", s.MaxAge.ToString(), $"> {s.MinAge}", s.MaxAge <= s.MinAge),
        new("age-limit", "max_age", s.MaxAge.ToString(), $"≤ {OldestOrder.TotalDays:0} d", s.MaxAge > OldestOrder),
        new("amount-negative", "min_amount", Text(s.MinAmount), "≥ 0", s.MinAmount < 0),
        new("amount-order", "max_amount", Text(s.MaxAmount), $"≥ {Text(s.MinAmount)}", s.MaxAmount < (s.MinAmount ?? 0)),
        new("dates-order", "ends_on", $"{s.EndsOn:yyyy-MM-dd}", $"≥ {s.StartsOn:yyyy-MM-dd}", s.EndsOn < s.StartsOn),
        new("daily-cap", "daily_cap", Text(s.DailyCap), "≥ 1", s.DailyCap < 1),
        new("holdout-percent", "holdout_percent", Text(s.HoldoutPercent), "0–50", s.HoldoutPercent is < 0 or > 50),
        new("data-age", "max_data_age", $"{s.MaxDataAge}", $"1 min – {OldestData.TotalDays:0} d", s.MaxDataAge is { } age && (age < TimeSpan.FromMinutes(1) || age > OldestData)),
        new("hold-for", "hold_for", s.HoldFor.ToString(), "30 s – 30 min", s.HoldFor < ShortestHold || s.HoldFor > LongestHold),
        new("script-version", "script_version", Text(s.ScriptVersion), "≥ 1", s.ScriptVersion < 1),
        new("line-unknown", "line", s.Line, string.Join(", ", Lines), !Lines.Contains(s.Line)),
    ];

    private static string Text(decimal? figure) => figure?.ToString(CultureInfo.InvariantCulture) ?? "0";

    private sealed record Rule(string Code, string Field, string Value, string Allowed, bool Broken);
}
