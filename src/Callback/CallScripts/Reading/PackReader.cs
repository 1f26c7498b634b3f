namespace Callback.CallScripts.Reading;

/// <summary>Reads everything call scripts consist of, and checks it as a whole.</summary>
internal static class PackReader
{
    public static readonly string[] Languages = ["zh-CN", "en"];

    private const string ScriptsFolder = "call-scripts";

    /// <summary>Beside the languages' folders; only a pack in fewer languages needs one.</summary>
    private const string PackFile = "pack.yaml";

    public static CallScriptBook Read(string folder, Findings findings)
    {
        var catalogue = CataloguesReader.Outcomes(folder, findings);
        var checklists = CataloguesReader.Checklists(folder, findings);
        var root = Path.Combine(folder, ScriptsFolder);
        var packs = Directory.Exists(root) ? Directory.GetDirectories(root).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal).ToList() : [];
        if (packs.Contains(CallScriptBook.ShopPack))
            findings.Error($"{ScriptsFolder}/{CallScriptBook.ShopPack}", $"No pack may be called '{CallScriptBook.ShopPack}': that is where the shops' own scripts are found.");
        if (packs.Count == 0)
            findings.Error(ScriptsFolder, "There is no pack of call scripts.");
        return new CallScriptBook([.. packs.SelectMany(pack => ReadPack(folder, pack, catalogue, findings))], catalogue, checklists);
    }

    private static List<CallScript> ReadPack(string folder, string pack, OutcomeCatalogue catalogue, Findings findings)
    {
        var scripts = new List<CallScript>();
        var source = ConfigSource.Folder(folder);
        var languages = LanguagesOf(source, pack, findings);
        foreach (var language in Languages.Except(languages).Where(language => Directory.Exists(Path.Combine(folder, ScriptReader.FolderOf(pack, language)))))
            findings.Error($"{ScriptsFolder}/{pack}/{PackFile}", $"There is a folder {language}, but 'languages' does not name it.");
        foreach (var name in languages.SelectMany(language => Names(folder, pack, language)).Distinct().Order(StringComparer.Ordinal))
        {
            var read = ReadAll(source, pack, name, languages, catalogue, findings);
            if (read.Any(one => one is null))
                continue;
            foreach (var one in read.OfType<ReadScript>())
                AddOnce(scripts, one.Script, one.File, findings);
        }
        return scripts;
    }

    /// <summary>Both languages, unless the pack's own file names fewer: such a pack is spoken in them whatever the shop's language is.</summary>
    private static IReadOnlyList<string> LanguagesOf(ConfigSource source, string pack, Findings findings)
    {
        var file = $"{ScriptsFolder}/{pack}/{PackFile}";
        if (!source.Has(file) || source.Read(file, findings) is not { } map)
            return Languages;
        var named = map.Texts("languages");
        _ = map.Required("for");
        map.NothingElse();
        foreach (var unknown in named.Except(Languages))
            map.Error("languages", $"'{unknown}' is no language. Known are {string.Join(" and ", Languages)}.");
        if (named.Count == 0)
            map.Error("languages", $"Name at least one of {string.Join(" and ", Languages)}.");
        return Languages.Intersect(named).ToList() is { Count: > 0 } languages ? languages : Languages;
    }

    /// <summary>One script in both languages with every check there is, in the order of <see cref="Languages"/>; null for one that cannot be read at all.</summary>
    public static IReadOnlyList<ReadScript?> ReadBoth(ConfigSource source, string pack, string name, OutcomeCatalogue catalogue, Findings findings) =>
        ReadAll(source, pack, name, Languages, catalogue, findings);

    private static IReadOnlyList<ReadScript?> ReadAll(
        ConfigSource source, string pack, string name, IReadOnlyList<string> languages, OutcomeCatalogue catalogue, Findings findings)
    {
        var read = languages.Select(language => ReadOne(source, pack, language, name, catalogue, findings)).ToList();
        if (read is [{ } one, { } other])
        {
            ScriptChecks.SameTalk(one, other, findings);
            ScriptChecks.SameTalk(other, one, findings);
        }
        return read;
    }

    private static ReadScript? ReadOne(ConfigSource source, string pack, string language, string name, OutcomeCatalogue catalogue, Findings findings)
    {
        var file = $"{ScriptReader.FolderOf(pack, language)}/{name}.yaml";
        if (!source.Has(file))
        {
            findings.Error(file, $"The language {language} is missing: every script needs {string.Join(" and ", Languages)}.");
            return null;
        }
        if (new ScriptReader(source, pack, language, findings).Read(name) is not { } read)
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
