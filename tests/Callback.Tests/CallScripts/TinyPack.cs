using Callback.CallScripts;

namespace Callback.Tests.CallScripts;

/// <summary>A configuration with one small sound script in both languages, to be broken in one place.</summary>
internal sealed class TinyPack : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tiny-pack-").FullName;

    public TinyPack()
    {
        foreach (var catalogue in new[] { "outcomes.yaml", "checklists.yaml" })
            File.Copy(Path.Combine(Config.Folder, catalogue), Path.Combine(folder, catalogue));
        foreach (var language in new[] { "zh-CN", "en" })
        {
            Write($"call-scripts/standard/{language}/tiny.yaml", Tiny.Main);
            Write($"call-scripts/standard/{language}/_more.yaml", Tiny.More);
        }
    }

    public string Folder => folder;

    /// <summary>Replaces a text in a file of one language, or of both.</summary>
    public TinyPack Change(string from, string to, string file = "tiny.yaml", params string[] languages)
    {
        foreach (var language in languages.Length == 0 ? ["zh-CN", "en"] : languages)
        {
            var path = $"call-scripts/standard/{language}/{file}";
            var text = File.ReadAllText(Path.Combine(folder, path));
            Assert.Contains(from, text, StringComparison.Ordinal);
            Write(path, text.Replace(from, to, StringComparison.Ordinal));
        }
        return this;
    }

    public void Write(string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Delete(string file) => File.Delete(Path.Combine(folder, file));

    /// <summary>The number of the first line of the English script that holds the text.</summary>
    public int LineOf(string text) =>
        File.ReadAllLines(Path.Combine(folder, "call-scripts/standard/en/tiny.yaml")).ToList().FindIndex(line => line.Contains(text, StringComparison.Ordinal)) + 1;

    public IReadOnlyList<ConfigFinding> Errors() =>
        [.. new CallScriptsCheck().Check(folder).Where(finding => finding.Kind == ConfigFindingKind.Error)];

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
