using System.Text.RegularExpressions;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Ha;

/// <summary>The files of config/high-availability, which the manual names: what is tried here is what is recommended there.</summary>
internal static partial class Template
{
    /// <summary>Writes the file with its places filled in.</summary>
    /// <exception cref="InvalidOperationException">A place in it is not named, or a named one is not in it.</exception>
    public static async Task<string> FillAsync(string name, string folder, IReadOnlyDictionary<string, string> values)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Places.Root, "config", "high-availability", name));
        var unused = values.Keys.ToHashSet();
        var filled = Place().Replace(text, place =>
        {
            var key = place.Groups[1].Value;
            unused.Remove(key);
            return values.TryGetValue(key, out var value) ? value : throw new InvalidOperationException($"{name} asks for {place.Value}.");
        });
        if (unused.Count > 0)
            throw new InvalidOperationException($"{name} has no place for {string.Join(", ", unused)}.");
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, filled);
        return path;
    }

    /// <summary>A folder that PostgreSQL's account may write to.</summary>
    public static string Folder(string path)
    {
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
        return path;
    }

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Place();
}
