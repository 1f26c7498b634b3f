using System.Globalization;
using System.Text.RegularExpressions;

namespace Callback.CallScripts.Editing;

/// <summary>Gives texts the name and version they are kept under. Only those two lines are written, so that comments stay; where that cannot be, the whole text is.</summary>
internal static class ScriptNaming
{
    public static ScriptTexts Of(ScriptTexts texts, string name, int version)
    {
        var number = version.ToString(CultureInfo.InvariantCulture);
        var (zh, en) = (InPlace(texts.Zh, name, number), InPlace(texts.En, name, number));
        if (zh is not null && en is not null)
            return new(zh, en);
        return ScriptDocument.Read(texts).Document?.Named(name, version).ToTexts() is { } written ? new(zh ?? written.Zh, en ?? written.En) : texts;
    }

    /// <returns>Null: the lines do not stand there as they usually do.</returns>
    private static string? InPlace(string text, string name, string version)
    {
        var named = Line(Line(text, "script", name), "version", version);
        return YamlParts.Parse(named) is { } map && map.Text("script") == name && map.Text("version") == version ? named : null;
    }

    private static string Line(string text, string key, string value) =>
        Regex.Replace(text, $@"^{key}:[ \t]*[^\s#]*", $"{key}: {value}", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
