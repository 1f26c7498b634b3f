using Callback.CallScripts;

namespace Callback.Compensation;

/// <summary>The codes a promise may name: those of config/outcomes.yaml.</summary>
internal sealed class Codes(OutcomeCatalogue catalogue)
{
    public IReadOnlyList<string> Reasons(YamlMap map) => Known(map, "reasons", [.. catalogue.Reasons.Select(reason => reason.Code)]);

    public IReadOnlyList<string> Outcomes(YamlMap map) => Known(map, "outcomes", [.. catalogue.All.Select(outcome => outcome.Code)]);

    public IReadOnlyList<string> Tasks(YamlMap map, string key) => Known(map, key, [.. catalogue.TaskKinds.Select(kind => kind.Code)]);

    public string? Task(YamlMap map, string key)
    {
        if (map.Text(key, required: true) is not { } text)
            return null;
        return Check(map, text, key, [.. catalogue.TaskKinds.Select(kind => kind.Code)]) ? text.Value : null;
    }

    private static List<string> Known(YamlMap map, string key, IReadOnlyCollection<string> allowed) =>
        [.. (map.Texts(key) ?? []).Where(text => Check(map, text, key, allowed)).Select(text => text.Value)];

    private static bool Check(YamlMap map, YamlText text, string key, IReadOnlyCollection<string> allowed)
    {
        if (allowed.Contains(text.Value))
            return true;
        map.File.Error(text.Line, $"'{key}': outcomes.yaml has no '{text.Value}'{Nearest.Hint(text.Value, allowed)}");
        return false;
    }
}
