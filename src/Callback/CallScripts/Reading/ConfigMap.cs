using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Callback.CallScripts.Reading;

/// <summary>A map of a YAML file: reads keys by type, remembers which were read and reports the others.</summary>
internal sealed class ConfigMap(string file, YamlMappingNode node, Findings findings)
{
    private readonly HashSet<string> read = [];

    public string File => file;

    public Mark At => node.Start;

    public void Error(string message) => findings.Error(file, node.Start, message);

    public void Error(string key, string message) => findings.Error(file, Get(key)?.Start ?? node.Start, message);

    public Mark AtKey(string key) => Get(key)?.Start ?? node.Start;

    public string? Text(string key)
    {
        switch (Get(key))
        {
            case null:
                return null;
            case YamlScalarNode scalar:
                return string.IsNullOrWhiteSpace(scalar.Value) ? null : scalar.Value.Trim();
            default:
                Error(key, $"'{key}' is one text.");
                return null;
        }
    }

    public string Required(string key)
    {
        if (Text(key) is { } text)
            return text;
        Error(key, $"'{key}' is missing.");
        return "";
    }

    public bool Flag(string key, bool otherwise = false)
    {
        var text = Text(key);
        if (text is null)
            return otherwise;
        if (bool.TryParse(text, out var flag))
            return flag;
        Error(key, $"'{key}' is true or false, not '{text}'.");
        return otherwise;
    }

    public int Whole(string key, int least)
    {
        if (int.TryParse(Required(key), out var number) && number >= least)
            return number;
        Error(key, $"'{key}' is a whole number, at least {least}.");
        return least;
    }

    /// <summary>A span written as 90s, 2m, 4h or 3d.</summary>
    public TimeSpan Span(string key)
    {
        var text = Required(key);
        if (text.Length > 1 && int.TryParse(text[..^1], out var number) && number > 0)
        {
            switch (text[^1])
            {
                case 's': return TimeSpan.FromSeconds(number);
                case 'm': return TimeSpan.FromMinutes(number);
                case 'h': return TimeSpan.FromHours(number);
                case 'd': return TimeSpan.FromDays(number);
            }
        }
        Error(key, $"'{key}' is a span such as 90s, 2m, 4h or 3d, not '{text}'.");
        return TimeSpan.FromDays(1);
    }

    /// <summary>A member of an enum, spelled as in the documentation or in lower case; null when the key is missing.</summary>
    public T? Choice<T>(string key) where T : struct, Enum => Text(key) is { } text ? Parse<T>(key, text) : null;

    public IReadOnlyList<T> Choices<T>(string key) where T : struct, Enum => [.. Texts(key).Select(text => Parse<T>(key, text)).OfType<T>()];

    public IReadOnlyList<string> Texts(string key) => Get(key) switch
    {
        null => [],
        YamlScalarNode { Value: { } one } => [one.Trim()],
        YamlSequenceNode many => [.. many.OfType<YamlScalarNode>().Select(item => (item.Value ?? "").Trim())],
        _ => [],
    };

    public ConfigMap? Map(string key) => Get(key) is YamlMappingNode map ? new ConfigMap(file, map, findings) : null;

    /// <summary>The maps below a key, by their own keys, in the order of the file.</summary>
    public IReadOnlyList<(string Key, ConfigMap Map)> Maps(string key)
    {
        if (Get(key) is not { } found)
            return [];
        if (found is not YamlMappingNode map)
        {
            Error(key, $"'{key}' holds named entries.");
            return [];
        }
        var entries = new List<(string, ConfigMap)>();
        foreach (var (name, value) in map.Children)
        {
            if (name is YamlScalarNode { Value: { Length: > 0 } plain } && value is YamlMappingNode child)
                entries.Add((plain, new ConfigMap(file, child, findings)));
            else
                findings.Error(file, value.Start, $"'{name}' holds keys and values.");
        }
        return entries;
    }

    /// <summary>The maps of a list below a key.</summary>
    public IReadOnlyList<ConfigMap> List(string key) =>
        Get(key) is YamlSequenceNode list ? [.. list.OfType<YamlMappingNode>().Select(item => new ConfigMap(file, item, findings))] : [];

    public bool IsList(string key) => Get(key) is YamlSequenceNode;

    public Label Label(string key)
    {
        if (Map(key) is not { } label)
        {
            Error(key, $"'{key}' needs both languages: {{ en: …, zh: … }}.");
            return new Label("", "");
        }
        var both = new Label(label.Required("en"), label.Required("zh"));
        label.NothingElse();
        return both;
    }

    /// <summary>Reports every key that nothing read.</summary>
    public void NothingElse()
    {
        foreach (var key in node.Children.Keys.OfType<YamlScalarNode>().Where(key => !read.Contains(key.Value ?? "")))
            findings.Error(file, key.Start, $"'{key.Value}' is not known here.{ConfigSource.DidYouMean(key.Value ?? "", read)}");
    }

    private T? Parse<T>(string key, string text) where T : struct, Enum
    {
        if (!int.TryParse(text, out _) && Enum.TryParse<T>(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value))
            return value;
        Error(key, $"'{text}' is none of {string.Join(", ", Enum.GetNames<T>())}.{ConfigSource.DidYouMean(text, Enum.GetNames<T>())}");
        return null;
    }

    private YamlNode? Get(string key)
    {
        read.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }
}
