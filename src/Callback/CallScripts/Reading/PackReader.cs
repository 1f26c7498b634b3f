namespace Callback.CallScripts.Reading;

/// <summary>Reads everything call scripts consist of, and checks it as a whole.</summary>
internal static class PackReader
{
    public static readonly string[] Languages = ["zh-CN", "en"];

    private const string ScriptsFolder = "call-scripts";

    public static CallScriptBook Read(string folder, Findings findings)
    {
        var catalogue = CataloguesReader.Outcomes(folder, findings);
        var checklists = CataloguesReader.Checklists(folder, findings);
        var root = Path.Combine(folder, ScriptsFolder);
        var packs = Directory.Exists(root) ? Directory.GetDirectories(root).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal).ToList() : [];
        if (packs.Count == 0)
            findings.Error(ScriptsFolder, "There is no pack of call scripts.");
        return new CallScriptBook([.. packs.SelectMany(pack => ReadPack(folder, pack, catalogue, findings))], catalogue, checklists);
    }

    private static List<CallScript> ReadPack(string folder, string pack, OutcomeCatalogue catalogue, Findings findings)
    {
        var scripts = new List<CallScript>();
        foreach (var name in Languages.SelectMany(language => Names(folder, pack, language)).Distinct().Order(StringComparer.Ordinal))
        {
            var read = Languages.Select(language => ReadOne(folder, pack, language, name, catalogue, findings)).ToList();
            if (read is not [{ } one, { } other])
                continue;
            ScriptChecks.SameTalk(one, other, findings);
            ScriptChecks.SameTalk(other, one, findings);
            foreach (var script in new[] { one.Script, other.Script })
                AddOnce(scripts, script, one.File, findings);
        }
        return scripts;
    }

    private static ReadScript? ReadOne(string folder, string pack, string language, string name, OutcomeCatalogue catalogue, Findings findings)
    {
        if (!File.Exists(Path.Combine(folder, ScriptReader.FolderOf(pack, language), $"{name}.yaml")))
        {
            findings.Error($"{ScriptReader.FolderOf(pack, language)}/{name}.yaml", $"The language {language} is missing: every script needs {string.Join(" and ", Languages)}.");
            return null;
        }
        if (new ScriptReader(folder, pack, language, findings).Read(name) is not { } read)
            return null;
        ScriptChecks.Codes(read, catalogue, findings);
        if (new ScriptGraph(read, findings).Check())
            ScriptChecks.Texts(read, findings);
        return read;
    }

    private static void AddOnce(List<CallScript> scripts, CallScript script, string file, Findings findings)
    {
        if (scripts.Exists(other => (other.Name, other.Version, other.Language) == (script.Name, script.Version, script.Language)))
            findings.Error(file, $"There is another {script.Name} version {script.Version} in {script.Language}.");
        else
            scripts.Add(script);
    }

    private static IEnumerable<string> Names(string folder, string pack, string language)
    {
        var place = Path.Combine(folder, ScriptReader.FolderOf(pack, language));
        return Directory.Exists(place)
            ? Directory.GetFiles(place, "*.yaml").Select(Path.GetFileNameWithoutExtension).OfType<string>().Where(name => !name.StartsWith('_'))
            : [];
    }
}
