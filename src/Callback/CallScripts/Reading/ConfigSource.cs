using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Callback.CallScripts.Reading;

/// <summary>The findings of one load; collects them all, so that a writer sees every mistake at once.</summary>
internal sealed class Findings
{
    private readonly List<ConfigFinding> found = [];

    public IReadOnlyList<ConfigFinding> All => [.. found.Distinct().OrderBy(finding => finding.File, StringComparer.Ordinal)];

    public bool HasErrors => found.Any(finding => finding.Kind == ConfigFindingKind.Error);

    public void Error(string file, Mark at, string message) => found.Add(new(file, $"line {at.Line}", ConfigFindingKind.Error, message));

    public void Error(string file, string message) => found.Add(new(file, null, ConfigFindingKind.Error, message));

    public void Fact(string file, string message) => found.Add(new(file, null, ConfigFindingKind.Fact, message));
}

/// <summary>YAML files with the line of everything in them, from a folder or from memory: what is read from one is read the same from the other.</summary>
/// <param name="find">The text of a file, by its name below the folder with '/'; null: there is none.</param>
internal sealed class ConfigSource(Func<string, string?> find)
{
    public static ConfigSource Folder(string folder) => new(file => Path.Combine(folder, file) is var path && File.Exists(path) ? File.ReadAllText(path) : null);

    public bool Has(string file) => find(file) is not null;

    /// <returns>The file's map; null when it cannot be read as one, which is then a finding.</returns>
    public ConfigMap? Read(string file, Findings findings)
    {
        if (find(file) is not { } text)
        {
            findings.Error(file, "The file is missing.");
            return null;
        }
        try
        {
            if (YamlShape.Refusal(text) is { } refusal)
            {
                findings.Error(file, refusal.At, refusal.Message);
                return null;
            }
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode map)
                return new ConfigMap(file, map, findings);
            findings.Error(file, "The file holds no map: expected 'key: value' lines.");
        }
        catch (YamlException error)
        {
            findings.Error(file, error.Start, $"This is not valid YAML: {error.Message}");
        }
        catch (InvalidOperationException)
        {
            // The parser gives up this way on a bracket that is never closed, without a place.
            findings.Error(file, "This is not valid YAML: look for a bracket or a quote that is not closed.");
        }
        return null;
    }

    /// <summary>The nearest of the known names, as the end of a message; empty when none is near.</summary>
    public static string DidYouMean(string name, IEnumerable<string> known)
    {
        var nearest = known.Select(candidate => (candidate, distance: Distance(name, candidate))).OrderBy(pair => pair.distance).FirstOrDefault();
        return nearest.candidate is not null && nearest.distance <= Math.Max(2, name.Length / 3) ? $" Did you mean '{nearest.candidate}'?" : "";
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost));
            }
        }
        return row[^1];
    }
}
