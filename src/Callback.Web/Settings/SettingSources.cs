using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Callback.Web.Settings;

/// <summary>The places settings come from, each as a list of entries; later places win.</summary>
internal static class SettingSources
{
    private const string Prefix = "CALLBACK__";

    /// <summary>Variables with a name of their own, the general ones first, so that the program's own win.</summary>
    private static readonly (string Variable, string Key)[] Named =
    [
        ("DOTNET_ENVIRONMENT", "environment"),
        ("ASPNETCORE_ENVIRONMENT", "environment"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "telemetry.endpoint"),
        ("CALLBACK_DATA", "data"),
        ("CALLBACK_CLOCK", "clock"),
    ];

    /// <exception cref="RefusalException">The file is not YAML, or holds something else than names and values.</exception>
    public static IReadOnlyList<SettingEntry> File(string path)
    {
        if (!System.IO.File.Exists(path))
            return [];
        var stream = new YamlStream();
        try
        {
            using var reader = new StreamReader(path);
            stream.Load(reader);
        }
        catch (YamlException e)
        {
            throw new RefusalException($"{path} line {e.Start.Line}: not readable as YAML: {e.Message}", e);
        }
        return stream.Documents.Count == 0 ? [] : [.. Entries(stream.Documents[0].RootNode, "", path)];
    }

    public static IEnumerable<SettingEntry> Variables(Func<string, string?> read, IEnumerable<string> names)
    {
        foreach (var (variable, key) in Named)
        {
            if (read(variable) is { Length: > 0 } value)
                yield return new SettingEntry(key, value, $"environment {variable}");
        }
        foreach (var name in names.Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal))
            yield return new SettingEntry(name[Prefix.Length..].Replace("__", ".", StringComparison.Ordinal), read(name) ?? "", $"environment {name}");
    }

    /// <exception cref="RefusalException">An argument is not <c>key=value</c>.</exception>
    public static IEnumerable<SettingEntry> Arguments(IEnumerable<string> assignments)
    {
        foreach (var assignment in assignments)
        {
            var at = assignment.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                throw new RefusalException($"--set {assignment}: write it as --set key=value, for example --set database.poolSize=8.");
            yield return new SettingEntry(assignment[..at].Trim(), assignment[(at + 1)..].Trim(), "command line");
        }
    }

    private static IEnumerable<SettingEntry> Entries(YamlNode node, string key, string path)
    {
        var origin = $"{path} line {node.Start.Line}";
        switch (node)
        {
            case YamlMappingNode map:
                return map.Children.SelectMany(child => Entries(child.Value, Join(key, ((YamlScalarNode)child.Key).Value!), path));
            case YamlSequenceNode list when list.Children.All(item => item is YamlScalarNode):
                return [new SettingEntry(key, string.Join(';', list.Children.Select(item => ((YamlScalarNode)item).Value)), origin)];
            case YamlScalarNode { Value: null or "" or "~" or "null", Style: ScalarStyle.Plain }:
                return [];
            case YamlScalarNode scalar when key.Length > 0:
                return [new SettingEntry(key, scalar.Value!, origin)];
            default:
                throw new RefusalException($"{origin}: names with values are expected here, as in 'database: {{ poolSize: 8 }}'.");
        }
    }

    private static string Join(string key, string name) => key.Length == 0 ? name : $"{key}.{name}";
}
