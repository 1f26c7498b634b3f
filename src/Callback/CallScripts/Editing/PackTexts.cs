using YamlDotNet.RepresentationModel;

namespace Callback.CallScripts.Editing;

/// <summary>
/// The packs' scripts as texts, each whole: what a file includes is written out, because a shop's script stands alone. Of a pack in one language its words
/// stand in both, to be translated where they are needed.
/// </summary>
public sealed class PackTexts(Surroundings surroundings, CallScriptBook book)
{
    /// <returns>The latest version's texts; null: no pack has such a script.</returns>
    public ScriptTexts? Find(string name)
    {
        if (book.Find(name, null, "en") is not { } script)
            return null;
        var (zh, en) = (Parse(script, "zh-CN") ?? Parse(script, "en"), Parse(script, "en") ?? Parse(script, "zh-CN"));
        if (zh is null || en is null)
            return null;
        var whole = ScriptDocument.Read(new(YamlParts.Write(zh), YamlParts.Write(en))).Document;
        foreach (var part in zh.Texts("include"))
        {
            var (chinese, english) = (Open(script.Pack, "zh-CN", $"_{part}"), Open(script.Pack, "en", $"_{part}"));
            if ((chinese ?? english) is { } one && (english ?? chinese) is { } other)
                whole?.Include(one, other);
        }
        return whole?.ToTexts();
    }

    /// <summary>Files are named as their writer liked; the script and its version stand inside.</summary>
    private YamlMappingNode? Parse(CallScript script, string language) =>
        !Directory.Exists(Folder(script.Pack, language)) ? null : Directory.EnumerateFiles(Folder(script.Pack, language), "*.yaml")
            .Select(Path.GetFileNameWithoutExtension).OfType<string>()
            .Where(file => !file.StartsWith('_'))
            .Select(file => Open(script.Pack, language, file)).OfType<YamlMappingNode>()
            .FirstOrDefault(map => map.Text("script") == script.Name && map.Text("version") == $"{script.Version}");

    private YamlMappingNode? Open(string pack, string language, string file) =>
        Path.Combine(Folder(pack, language), $"{file}.yaml") is var path && File.Exists(path) ? YamlParts.Parse(File.ReadAllText(path)) : null;

    /// <summary>A pack in one language gives its words for the other too: there they wait to be translated.</summary>
    private string Folder(string pack, string language)
    {
        var root = Path.Combine(surroundings.ConfigFolder, "call-scripts", pack);
        return Path.Combine(root, Directory.Exists(Path.Combine(root, language)) ? language : language == "en" ? "zh-CN" : "en");
    }
}
