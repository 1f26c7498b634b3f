namespace Callback.Windows;

/// <summary>Reads the policy files, layer on layer; whatever is wrong becomes a finding.</summary>
internal sealed class PolicyReader(IReadOnlyDictionary<string, HolidayCalendar> calendars, IReadOnlyDictionary<string, YamlMap> files)
{
    private static readonly string[] Keys =
    [
        "preset", "title", "disclaimer", "narrows", "tests_only", "practice_only", "sources", "reviewed_on", "windows", "quiet_hours", "holidays", "legal_hours",
        "caps", "cool_downs", "ring_time", "ring_inside_window", "closing_guard", "consent_required_for", "recording",
    ];

    private readonly Dictionary<string, PolicyPreset?> done = [];

    public static PolicyBook Read(string configFolder, ICollection<ConfigFinding> findings, bool production = false)
    {
        var calendars = HolidayReader.Read(configFolder, findings);
        var files = StrictYaml.OpenFolder(configFolder, "policies", findings).ToDictionary(map => Path.GetFileNameWithoutExtension(map.File.Name));
        var reader = new PolicyReader(calendars, files);
        return new(files.Keys.Select(reader.Preset).OfType<PolicyPreset>().ToList(), calendars.Values, production);
    }

    /// <summary>Null: the file has no usable head, or stands on one that has none; both are reported.</summary>
    private PolicyPreset? Preset(string name)
    {
        if (done.TryGetValue(name, out var known))
            return known;
        done[name] = null; // a ring of files that narrow each other ends here
        return done[name] = ReadPreset(name, files[name]);
    }

    private PolicyPreset? ReadPreset(string name, YamlMap map)
    {
        map.Only(Keys);
        if (map.Text("preset", required: true) is { } stated && stated.Value != name)
            map.File.Error(stated.Line, $"'preset' is '{stated.Value}', but the file is called {name}.yaml");
        var title = PolicyParts.Bilingual(map, "title");
        var disclaimer = PolicyParts.Bilingual(map, "disclaimer");
        var sources = PolicyParts.Sources(map);
        var reviewedOn = map.Date("reviewed_on", required: true);
        var narrows = map.Text("narrows");
        if (Base(map, narrows) is not { } below)
            return null;
        var rules = new PolicyRules(map, below, calendars).Read(name, onPreset: narrows is not null);
        return title is null || disclaimer is null || reviewedOn is null ? null : new(name, title, disclaimer, narrows?.Value, sources, reviewedOn.Value, rules);
    }

    private EffectivePolicy? Base(YamlMap map, YamlText? narrows)
    {
        var practice = map.Flag("practice_only") == true;
        if (practice && (narrows is not null || map.Text("preset")?.Value != PolicyBook.Practice))
            map.File.Error(map.LineOf("practice_only"), $"only the preset '{PolicyBook.Practice}' is for practice shops, and it stands on no other");
        if (narrows is not { } below)
            return practice ? SystemLayer.Practice : map.Flag("tests_only") == true ? SystemLayer.Unbounded : SystemLayer.Rules;
        if (!files.ContainsKey(below.Value))
            map.File.Error(below.Line, $"'narrows' names '{below.Value}', which is not a preset{Nearest.Hint(below.Value, [.. files.Keys])}");
        else if (Preset(below.Value) is { } preset)
            return preset.Rules;
        else
            map.File.Error(below.Line, $"'narrows' names '{below.Value}', which cannot be used itself");
        return null;
    }
}
