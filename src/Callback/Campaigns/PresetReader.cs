using System.Globalization;
using Callback.Windows;

namespace Callback.Campaigns;

/// <summary>Reads <c>config/campaigns/*.yaml</c> strictly.</summary>
internal static class PresetReader
{
    /// <summary>As in <c>config/schemas/campaign.schema.json</c>.</summary>
    public static readonly IReadOnlyList<string> Keys =
    [
        "preset", "name", "purpose", "min_age", "max_age", "min_amount", "max_amount", "windows", "daily_cap", "order_by", "holdout_percent",
        "max_data_age", "hold_for", "call_script", "script_version", "line",
    ];

    public static CampaignPresets Read(string configFolder, ICollection<ConfigFinding> findings) =>
        new(StrictYaml.OpenFolder(configFolder, "campaigns", findings).Select(Preset).OfType<CampaignPreset>().ToList());

    private static CampaignPreset? Preset(YamlMap map)
    {
        map.Only([.. Keys]);
        var code = Path.GetFileNameWithoutExtension(map.File.Name);
        if (map.Text("preset", required: true) is { } stated && stated.Value != code)
            map.File.Error(stated.Line, $"'preset' is '{stated.Value}', but the file is called {code}.yaml");
        foreach (var key in new[] { "purpose", "min_age", "max_age" }.Where(key => !map.Has(key)))
            map.File.Error(map.Line, $"'{key}' is missing");
        var name = map.Map("name", required: true);
        name?.Only("zh-CN", "en");
        var names = (Zh: name?.Text("zh-CN", required: true), En: name?.Text("en", required: true));
        if (names is not ({ } zh, { } en) || map.OneOf<Purpose>("purpose") is not { } purpose || Settings(map, en.Value) is not { } settings)
            return null;
        foreach (var problem in CampaignPolicy.Validate(settings))
            map.File.Error(map.LineOf(problem.Field!), $"{problem.Code}: {string.Join(", ", problem.Values.Select(value => $"{value.Key} {value.Value}"))}");
        return new(code, zh.Value, en.Value, purpose, settings);
    }

    private static CampaignSettings? Settings(YamlMap map, string name)
    {
        if (map.Span("min_age") is not { } minAge || map.Span("max_age") is not { } maxAge || map.Text("call_script", required: true) is not { } script)
            return null;
        return new()
        {
            Name = name,
            MinAge = minAge,
            MaxAge = maxAge,
            MinAmount = Amount(map, "min_amount"),
            MaxAmount = Amount(map, "max_amount"),
            Windows = Windows(map),
            DailyCap = map.Whole("daily_cap", 1, 1_000_000),
            OrderBy = map.OneOf<CampaignOrder>("order_by") ?? CampaignOrder.Value,
            HoldoutPercent = map.Whole("holdout_percent", 0, 50) ?? 0,
            MaxDataAge = map.Span("max_data_age"),
            HoldFor = map.Span("hold_for") ?? TimeSpan.FromMinutes(5),
            CallScript = script.Value,
            ScriptVersion = map.Whole("script_version", 1, 10_000),
            Line = map.Text("line")?.Value ?? "manual",
        };
    }

    private static decimal? Amount(YamlMap map, string key)
    {
        if (map.Text(key) is not { } text)
            return null;
        if (decimal.TryParse(text.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            return amount;
        map.File.Error(text.Line, $"'{key}' is '{text.Value}'; it has to be an amount such as 100 or 99.50");
        return null;
    }

    private static WindowNarrowing? Windows(YamlMap map)
    {
        if (map.Map("windows") is not { } windows)
            return null;
        var days = new Dictionary<DayOfWeek, WindowSet>();
        foreach (var key in windows.Keys)
            if (Weekdays.TryParse(key.Value) is { } day)
                days[day] = WindowSet.Of((windows.Texts(key.Value) ?? []).Select(text => Window(map, text)).OfType<CallWindow>());
            else
                map.File.Error(key.Line, $"'{key.Value}' is not a weekday (mon … sun)");
        return new(days);
    }

    private static CallWindow? Window(YamlMap map, YamlText text)
    {
        if (CallWindow.TryParse(text.Value, out var window, out var error))
            return window;
        map.File.Error(text.Line, error!);
        return null;
    }
}
