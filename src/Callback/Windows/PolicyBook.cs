using System.Collections.Frozen;

namespace Callback.Windows;

/// <summary>All policies and calendars of the configuration folder, read once and checked.</summary>
public sealed class PolicyBook
{
    /// <summary>The one preset that is for shops of invented customers; the table of shops knows it by this name too.</summary>
    public const string Practice = "practice";

    private readonly FrozenDictionary<string, PolicyPreset> presets;
    private readonly bool production;

    internal PolicyBook(IEnumerable<PolicyPreset> presets, IEnumerable<HolidayCalendar> calendars, bool production = false)
    {
        this.presets = presets.ToFrozenDictionary(preset => preset.Name);
        this.production = production;
        Calendars = [.. calendars.OrderBy(calendar => calendar.Name, StringComparer.Ordinal)];
    }

    public IReadOnlyList<PolicyPreset> Presets => [.. presets.Values.OrderBy(preset => preset.Name, StringComparer.Ordinal)];

    public IReadOnlyList<HolidayCalendar> Calendars { get; }

    /// <summary>Reads <c>policies/</c> and <c>holidays/</c>.</summary>
    /// <param name="configFolder">The folder that holds them.</param>
    /// <param name="production">Presets for tests never open.</param>
    /// <exception cref="RefusalException">A file is wrong; the message has one line for each error.</exception>
    public static PolicyBook Load(string configFolder, bool production = false)
    {
        var findings = new List<ConfigFinding>();
        var book = PolicyReader.Read(configFolder, findings, production);
        return Findings.Errors(findings) is { } errors ? throw new RefusalException($"The calling policies cannot be used:{Environment.NewLine}{errors}") : book;
    }

    public PolicyPreset? Find(string preset) => presets.GetValueOrDefault(preset);

    /// <summary>The strictest of system, preset, shop and campaign. Narrowings only take away: what they ask beyond the preset is cut off.</summary>
    /// <param name="preset">As in <c>shops.policy</c>.</param>
    /// <exception cref="InvalidInputException"><c>policy-unknown</c>: no such preset; the allowed names are given.</exception>
    public EffectivePolicy Effective(string preset, WindowNarrowing? campaign = null, WindowNarrowing? shop = null)
    {
        var rules = (Find(preset) ?? throw Unknown(preset)).Rules;
        if (production && rules.TestsOnly)
            return NeverOpen(rules);
        foreach (var narrowing in new[] { shop, campaign }.OfType<WindowNarrowing>())
            rules = rules with { Week = rules.Week.Intersect(narrowing.ToWeek()) };
        return rules;
    }

    /// <summary>Whether a shop may have the preset: one for tests is refused in Production, the one for practice to every shop with real customers.</summary>
    /// <exception cref="InvalidInputException"><c>policy-unknown</c>, <c>policy-tests-only</c> or <c>policy-practice-only</c>.</exception>
    public void DemandUsable(string preset, bool practiceShop = false)
    {
        var known = Find(preset) ?? throw Unknown(preset);
        if (known.TestsOnly && production)
            throw new InvalidInputException(Problem.Of("policy-tests-only", "policy", ("policy", preset)));
        if (known.PracticeOnly && !practiceShop)
            throw new InvalidInputException(Problem.Of("policy-practice-only", "policy", ("policy", preset)));
    }

    // A shop that came into Production with such a preset (a restored demo, say) calls nobody, rather than everybody at night.
    private static EffectivePolicy NeverOpen(EffectivePolicy rules) => rules with { Week = WeekPlan.Daily(WindowSet.Closed), LegalHours = default };

    private InvalidInputException Unknown(string preset) =>
        new(Problem.Of("policy-unknown", "policy", ("policy", preset), ("allowed", string.Join(", ", Presets.Select(known => known.Name)))));
}
