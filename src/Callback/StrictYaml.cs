using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Callback;

/// <summary>
/// A YAML file read strictly: what is unknown, missing or of the wrong form becomes a finding with file and line, and reading goes on, so that
/// one check tells everything that is wrong.
/// </summary>
/// <param name="name">Path below the configuration folder, with '/'.</param>
public sealed class StrictYaml(string name, ICollection<ConfigFinding> findings)
{
    public string Name { get; } = name;

    /// <summary>Opens every <c>*.yaml</c> of a folder in the order of names; a file that is no YAML mapping is reported and left out.</summary>
    public static IEnumerable<YamlMap> OpenFolder(string configFolder, string folder, ICollection<ConfigFinding> findings)
    {
        var path = Path.Combine(configFolder, folder);
        if (!Directory.Exists(path))
        {
            findings.Add(new(folder, null, ConfigFindingKind.Error, "the folder is missing"));
            yield break;
        }
        foreach (var file in Directory.EnumerateFiles(path, "*.yaml").Order(StringComparer.Ordinal))
            if (new StrictYaml($"{folder}/{Path.GetFileName(file)}", findings).Open(File.ReadAllText(file)) is { } map)
                yield return map;
    }

    /// <summary>Reads the text; null, with a finding, when it is not one mapping.</summary>
    public YamlMap? Open(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
                return new(this, root, "");
            Error(1, "the file has to be one mapping of keys to values");
        }
        catch (YamlException e)
        {
            Error((int)e.Start.Line, e.InnerException?.Message ?? e.Message);
        }
        catch (InvalidOperationException)
        {
            // The parser gives up this way on a bracket that is never closed, without a place.
            findings.Add(new(Name, null, ConfigFindingKind.Error, "this is not YAML; look for a bracket or a quote that is not closed"));
        }
        return null;
    }

    public void Error(int line, string message) => Report(line, ConfigFindingKind.Error, message);

    public void Report(int line, ConfigFindingKind kind, string message) => findings.Add(new(Name, $"line {line}", kind, message));
}
