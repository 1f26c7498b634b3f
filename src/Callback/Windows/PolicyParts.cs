namespace Callback.Windows;

/// <summary>Parts that policy and holiday files have in common.</summary>
internal static class PolicyParts
{
    private static readonly string[] DayKeys = ["all", "workdays", "weekend", .. Weekdays.Week.Select(Weekdays.NameOf)];

    public static PolicyText? Bilingual(YamlMap map, string key)
    {
        if (map.Map(key, required: true) is not { } texts)
            return null;
        texts.Only("en", "zh");
        return texts.Text("en", required: true) is { } en && texts.Text("zh", required: true) is { } zh ? new(en.Value, zh.Value) : null;
    }

    public static IReadOnlyList<PolicySource> Sources(YamlMap map)
    {
        var sources = new List<PolicySource>();
        foreach (var source in map.Maps("sources", required: true))
        {
            source.Only("rule", "from", "surety");
            var rule = Bilingual(source, "rule");
            var from = Bilingual(source, "from");
            _ = source.Text("surety", required: true);
            if (rule is not null && from is not null && source.OneOf<Surety>("surety") is { } surety)
                sources.Add(new(rule, from, surety));
        }
        return sources;
    }

    /// <summary>Windows of a list such as <c>["11:00-12:00", "16:00-20:30"]</c>, or <c>closed</c>. Overlaps are refused: one of the two is a slip.</summary>
    public static WindowSet? Windows(YamlMap map, string key)
    {
        if (map.Texts(key) is not { } texts)
            return null;
        if (texts is [{ Value: "closed" }])
            return WindowSet.Closed;
        var windows = new List<CallWindow>();
        foreach (var text in texts)
            if (!CallWindow.TryParse(text.Value, out var window, out var error))
                map.File.Error(text.Line, error!);
            else if (windows.FirstOrDefault(other => other.From < window.To && window.From < other.To) is { To.Ticks: > 0 } other)
                map.File.Error(text.Line, $"'{window}' overlaps '{other}'");
            else
                windows.Add(window);
        return WindowSet.Of(windows);
    }

    /// <summary>Windows by weekday; a weekday's own key goes before <c>workdays</c> and <c>weekend</c>, these before <c>all</c>. Null where nothing names the day.</summary>
    public static Func<DayOfWeek, WindowSet?> Week(YamlMap map)
    {
        map.Only(DayKeys);
        var read = DayKeys.ToDictionary(key => key, key => Windows(map, key));
        return weekday => read[Weekdays.NameOf(weekday)]
            ?? read[weekday is DayOfWeek.Saturday or DayOfWeek.Sunday ? "weekend" : "workdays"]
            ?? read["all"];
    }
}
