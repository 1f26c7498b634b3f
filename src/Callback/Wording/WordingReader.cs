namespace Callback.Wording;

/// <summary>Reads <c>wording/*.yaml</c>; whatever is wrong becomes a finding.</summary>
internal sealed class WordingReader(ICollection<ConfigFinding> findings)
{
    private const string Folder = "wording";
    private const string ContextsFile = $"{Folder}/_contexts.yaml";

    private static readonly string[] Languages = ["zh", "en"];

    private readonly Dictionary<string, WordingContext> contexts = [];
    private readonly HashSet<string> ids = [];

    public static IReadOnlyList<WordingRule> Read(string configFolder, ICollection<ConfigFinding> findings)
    {
        var reader = new WordingReader(findings);
        var files = StrictYaml.OpenFolder(configFolder, Folder, findings).ToList();
        foreach (var map in files.Where(file => file.File.Name == ContextsFile))
            reader.ReadContexts(map);
        return [.. files.Where(file => file.File.Name != ContextsFile).SelectMany(reader.ReadFile)];
    }

    private void ReadContexts(YamlMap file)
    {
        file.Only("contexts");
        foreach (var map in file.Maps("contexts", required: true))
        {
            map.Only("id", "before", "after", "inside");
            if (map.Text("id", required: true) is not { } id)
                continue;
            if (!map.Has("before") && !map.Has("after") && !map.Has("inside"))
                map.File.Error(map.Line, $"the context '{id.Value}' needs 'before', 'after' or 'inside'");
            if (!contexts.TryAdd(id.Value, new(id.Value, Compile(map, "before"), Compile(map, "after"), Compile(map, "inside"))))
                map.File.Error(id.Line, $"there is another context '{id.Value}'");
        }
    }

    private IEnumerable<WordingRule> ReadFile(YamlMap file)
    {
        file.Only("kind", "severity", "harmless", "entries");
        var (kind, severity) = (file.OneOf<WordingKind>("kind"), file.OneOf<WordingSeverity>("severity"));
        if (!file.Has("kind"))
            file.File.Error(file.Line, "'kind' is missing");
        var common = Contexts(file);
        foreach (var map in file.Maps("entries", required: true))
            if (Entry(map, kind ?? default, severity ?? WordingSeverity.Warn) is { } entry)
                yield return new(entry, Expressions(map), [.. common, .. Contexts(map)]);
    }

    private WordingEntry? Entry(YamlMap map, WordingKind kind, WordingSeverity severity)
    {
        map.Only("id", "severity", "zh", "en", "better", "harmless", "proof");
        var id = map.Text("id", required: true);
        var better = map.Map("better", required: true);
        better?.Only("zh", "en");
        var (zh, en) = (better?.Text("zh", required: true), better?.Text("en", required: true));
        if (!Languages.Any(map.Has))
            map.File.Error(map.Line, "an entry needs expressions in 'zh', 'en' or both");
        if (id is { } name && !ids.Add(name.Value))
            map.File.Error(name.Line, $"there is another entry '{name.Value}'");
        var own = map.OneOf<WordingSeverity>("severity") ?? severity;
        var proof = (map.ManyOf<ProvenFacts>("proof") ?? []).Aggregate(ProvenFacts.None, (all, fact) => all | fact);
        return id is null || zh is null || en is null
            ? null
            : new(id.Value.Value, kind, own, [.. Languages.Where(map.Has).Select(Code)], new Label(en.Value.Value, zh.Value.Value), proof);
    }

    private Dictionary<string, WordingExpression> Expressions(YamlMap map)
    {
        var read = new Dictionary<string, WordingExpression>();
        foreach (var language in Languages)
            if (Compile(map, language) is { } expression)
                read[Code(language)] = expression;
        return read;
    }

    private IEnumerable<WordingContext> Contexts(YamlMap map)
    {
        foreach (var name in map.Texts("harmless") ?? [])
            if (contexts.TryGetValue(name.Value, out var context))
                yield return context;
            else
                map.File.Error(name.Line, $"'{name.Value}' is no context of {ContextsFile}{Nearest.Hint(name.Value, contexts.Keys)}");
    }

    /// <summary>Null: absent, or no expression, which is then a finding.</summary>
    private WordingExpression? Compile(YamlMap map, string key)
    {
        if (map.Texts(key) is not { Count: > 0 } texts)
            return null;
        var wrong = texts.Select(text => (text, Why: Wrong(text.Value))).Where(pair => pair.Why is not null).ToList();
        foreach (var (text, why) in wrong)
            findings.Add(new(map.File.Name, $"line {text.Line}", ConfigFindingKind.Error, $"'{text.Value}' is no expression: {why}"));
        if (wrong.Count > 0)
            return null;
        try
        {
            return new(texts.Select(text => text.Value));
        }
        catch (ArgumentException e)
        {
            // Each is sound; only together they can be too large.
            map.File.Error(map.LineOf(key), $"'{key}': {e.Message}");
            return null;
        }
    }

    private static string? Wrong(string expression)
    {
        try
        {
            return new WordingExpression([expression]).MatchesNothing ? "it matches everything" : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return e.Message;
        }
    }

    private static string Code(string key) => key == "zh" ? "zh-CN" : key;
}
