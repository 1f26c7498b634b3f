using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Callback.CallScripts.Editing;

/// <summary>Reads and sets single values of a YAML tree, leaving everything else as it stands.</summary>
internal static class YamlParts
{
    private static readonly EmitterSettings Layout = new(2, 160, isCanonical: false, maxSimpleKeyLength: 1024);

    public static string Text(this YamlMappingNode map, string key) => map.Get(key) is YamlScalarNode { Value: { } value } ? value.Trim() : "";

    public static bool Flag(this YamlMappingNode map, string key, bool otherwise = false) => bool.TryParse(map.Text(key), out var flag) ? flag : otherwise;

    public static IReadOnlyList<string> Texts(this YamlMappingNode map, string key) => map.Get(key) switch
    {
        YamlScalarNode { Value: { Length: > 0 } one } => [one.Trim()],
        YamlSequenceNode many => [.. many.OfType<YamlScalarNode>().Select(item => (item.Value ?? "").Trim())],
        _ => [],
    };

    public static YamlMappingNode? Map(this YamlMappingNode map, string key) => map.Get(key) as YamlMappingNode;

    public static IEnumerable<(string Key, YamlMappingNode Map)> Maps(this YamlMappingNode? map) =>
        map is null ? [] : map.Children.Where(pair => pair is { Key: YamlScalarNode { Value: not null }, Value: YamlMappingNode }).Select(pair => (((YamlScalarNode)pair.Key).Value!, (YamlMappingNode)pair.Value));

    public static YamlNode? Get(this YamlMappingNode map, string key) => map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    /// <summary>Sets a key where it stands, else at the end; null takes it out.</summary>
    public static void Set(this YamlMappingNode map, string key, YamlNode? value)
    {
        if (value is null)
            map.Children.Remove(new YamlScalarNode(key));
        else
            map.Children[new YamlScalarNode(key)] = value;
    }

    /// <summary>Gives an entry another key where it stands.</summary>
    public static void Rename(this YamlMappingNode map, string from, string to)
    {
        var entries = map.Children.ToList();
        map.Children.Clear();
        foreach (var (key, value) in entries)
            map.Children[key is YamlScalarNode { Value: { } name } && name == from ? new YamlScalarNode(to) : key] = value;
    }

    public static YamlNode? Scalar(string text) => text.Length == 0 ? null : new YamlScalarNode(text);

    public static YamlNode? True(bool flag) => flag ? new YamlScalarNode("true") : null;

    public static YamlNode? List(IReadOnlyList<string> items, SequenceStyle style = SequenceStyle.Block) =>
        items.Count == 0 ? null : new YamlSequenceNode(items.Select(item => new YamlScalarNode(item))) { Style = style };

    public static YamlMappingNode Flow(params IReadOnlyList<(string Key, YamlNode? Value)> entries) => Mapping(MappingStyle.Flow, entries);

    public static YamlMappingNode Mapping(MappingStyle style, params IReadOnlyList<(string Key, YamlNode? Value)> entries)
    {
        var map = new YamlMappingNode { Style = style };
        foreach (var (key, value) in entries)
            map.Set(key, value);
        return map;
    }

    /// <returns>Null: the text is not one YAML mapping.</returns>
    public static YamlMappingNode? Parse(string text)
    {
        try
        {
            if (Reading.YamlShape.Refusal(text) is not null)
                return null;
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents is [{ RootNode: YamlMappingNode map }] ? map : null;
        }
        catch (Exception unreadable) when (unreadable is YamlException or InvalidOperationException)
        {
            return null;
        }
    }

    public static string Write(YamlMappingNode map)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(map)).Save(new Emitter(writer, Layout), assignAnchors: false);
        var text = writer.ToString().ReplaceLineEndings("\n");
        return text.EndsWith("...\n", StringComparison.Ordinal) ? text[..^4] : text;
    }
}
