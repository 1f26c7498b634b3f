using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Callback;

/// <summary>One scalar with its place in the file.</summary>
public readonly record struct YamlText(string Value, int Line);

/// <summary>One mapping of a strictly read file. Getters answer null for what is absent, and report what is there in the wrong form.</summary>
public sealed partial class YamlMap(StrictYaml file, YamlMappingNode node, string path)
{
    public StrictYaml File { get; } = file;

    public int Line => (int)node.Start.Line;

    public IEnumerable<YamlText> Keys => node.Children.Keys.OfType<YamlScalarNode>().Select(Text);

    /// <summary>Reports each key that is not in the list, with the nearest that is.</summary>
    public void Only(params IReadOnlyCollection<string> allowed)
    {
        foreach (var key in Keys.Where(key => !allowed.Contains(key.Value)))
            File.Error(key.Line, $"unknown key '{path}{key.Value}'{Nearest.Hint(key.Value, allowed)}");
    }

    public bool Has(string key) => Find(key) is not null;

    public int LineOf(string key) => Find(key) is { } found ? (int)found.Start.Line : Line;

    public YamlText? Text(string key, bool required = false) => Find(key) switch
    {
        YamlScalarNode { Value: { } value } scalar when value.Trim().Length > 0 => Text(scalar),
        null when required => Missing<YamlText?>(key),
        null => null,
        var other => Wrong<YamlText?>(other, key, "text"),
    };

    /// <summary>A list of texts; a single text counts as a list of one. Null: absent.</summary>
    public IReadOnlyList<YamlText>? Texts(string key, bool required = false) => Find(key) switch
    {
        YamlScalarNode scalar => [Text(scalar)],
        YamlSequenceNode list when list.All(item => item is YamlScalarNode) => [.. list.Cast<YamlScalarNode>().Select(Text)],
        null when required => Missing<IReadOnlyList<YamlText>?>(key),
        null => null,
        var other => Wrong<IReadOnlyList<YamlText>?>(other, key, "a list of texts"),
    };

    public YamlMap? Map(string key, bool required = false) => Find(key) switch
    {
        YamlMappingNode map => new(File, map, $"{path}{key}."),
        null when required => Missing<YamlMap?>(key),
        null => null,
        var other => Wrong<YamlMap?>(other, key, "a mapping"),
    };

    public IReadOnlyList<YamlMap> Maps(string key, bool required = false) => Find(key) switch
    {
        YamlSequenceNode list when list.All(item => item is YamlMappingNode) => [.. list.Cast<YamlMappingNode>().Select(map => new YamlMap(File, map, $"{path}{key}[]."))],
        null when required => Missing<IReadOnlyList<YamlMap>>(key) ?? [],
        null => [],
        var other => Wrong<IReadOnlyList<YamlMap>>(other, key, "a list of mappings") ?? [],
    };

    public int? Whole(string key, int least, int most, bool required = false) =>
        Read<int>(key, required, $"a whole number from {least} to {most}", text =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null);

    public bool? Flag(string key) => Read<bool>(key, false, "true or false", text => text switch { "true" => true, "false" => false, _ => null });

    /// <summary>A length of time with its unit: 45 s, 15 min, 72 h, 7 d.</summary>
    public TimeSpan? Span(string key) => Read<TimeSpan>(key, false, "a length of time such as 45 s, 15 min, 72 h or 7 d", ParseSpan);

    public DateOnly? Date(string key, bool required = false) =>
        Read<DateOnly>(key, required, "a date such as 2026-01-31", text =>
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null);

    /// <summary>A member of an enum, spelled as in the code.</summary>
    public T? OneOf<T>(string key) where T : struct, Enum => Text(key) is { } text ? Member<T>(key, text) : null;

    public IReadOnlyList<T>? ManyOf<T>(string key) where T : struct, Enum =>
        Texts(key)?.Select(text => Member<T>(key, text)).OfType<T>().ToList();

    private T? Member<T>(string key, YamlText text) where T : struct, Enum
    {
        if (Enum.GetNames<T>().Contains(text.Value))
            return Enum.Parse<T>(text.Value);
        File.Error(text.Line, $"'{text.Value}' is not a value of '{path}{key}'{Nearest.Hint(text.Value, Enum.GetNames<T>())}");
        return null;
    }

    private T? Read<T>(string key, bool required, string form, Func<string, T?> parse) where T : struct
    {
        if (Text(key, required) is not { } text)
            return null;
        if (parse(text.Value) is { } value)
            return value;
        File.Error(text.Line, $"'{path}{key}' is '{text.Value}'; it has to be {form}");
        return null;
    }

    private static TimeSpan? ParseSpan(string text)
    {
        if (Length().Match(text) is not { Success: true } match)
            return null;
        var number = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "s" => TimeSpan.FromSeconds(number),
            "min" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            _ => TimeSpan.FromDays(number),
        };
    }

    private YamlNode? Find(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null;

    private static YamlText Text(YamlScalarNode scalar) => new((scalar.Value ?? "").Trim(), (int)scalar.Start.Line);

    private T? Missing<T>(string key)
    {
        File.Error(Line, $"'{path}{key}' is missing");
        return default;
    }

    private T? Wrong<T>(YamlNode found, string key, string form)
    {
        File.Error((int)found.Start.Line, $"'{path}{key}' has to be {form}");
        return default;
    }

    [GeneratedRegex(@"\A([0-9]{1,6})\s*(s|min|h|d)\z")]
    private static partial Regex Length();
}
