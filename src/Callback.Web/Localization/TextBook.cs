using System.Collections.Frozen;
using System.Reflection;
using YamlDotNet.Serialization;

namespace Callback.Web.Localization;

/// <summary>Every sentence the screens say, side by side in both languages, read from the embedded Texts/*.yaml.</summary>
internal sealed class TextBook
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> entries;

    public TextBook() => entries = Read(typeof(TextBook).Assembly).ToFrozenDictionary(StringComparer.Ordinal);

    public IEnumerable<string> Keys => entries.Keys;

    public IReadOnlyDictionary<string, string> Entry(string key) => entries[key];

    public bool Contains(string key) => entries.ContainsKey(key);

    /// <exception cref="KeyNotFoundException">No such text: a mistake of the programmer, which a test finds first.</exception>
    public string Find(string key, Language language) =>
        entries.TryGetValue(key, out var entry) ? entry[language.TextKey] : throw new KeyNotFoundException($"There is no text '{key}' in Texts/*.yaml.");

    private static IEnumerable<KeyValuePair<string, FrozenDictionary<string, string>>> Read(Assembly assembly)
    {
        var yaml = new DeserializerBuilder().Build();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Texts/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var file = yaml.Deserialize<Dictionary<string, Dictionary<string, string>>?>(reader) ?? [];
            foreach (var (key, entry) in file)
                yield return new(key, entry.ToFrozenDictionary(StringComparer.Ordinal));
        }
    }
}
