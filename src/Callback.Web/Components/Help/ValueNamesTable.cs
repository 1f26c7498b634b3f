using Callback.CallScripts;

namespace Callback.Web.Components.Help;

/// <summary>The manual's table of value names, made from the names the program knows, so that it cannot tell of others.</summary>
internal static class ValueNamesTable
{
    /// <summary>Where the table stands in a page.</summary>
    public const string Place = "[[value-names]]";

    public static string In(string language)
    {
        var chinese = language == "zh-CN";
        var head = chinese ? "| 名称 | 含义 | 写在文字里 |" : "| name | meaning | in a text |";
        var rows = ScriptValueNames.All.Select(value => $"| `{value.Name}` | {value.Meaning.In(language)} | {Use(value, chinese)} |");
        return string.Join('\n', (string[])[head, "|---|---|---|", .. rows]);
    }

    private static string Use(ScriptValueName value, bool chinese) => value switch
    {
        { InTexts: false } => chinese ? "只用于条件" : "conditions only",
        { Optional: true } => chinese ? $"可能没有：`{{{{or {value.Name} \"…\"}}}}`" : $"may be missing: `{{{{or {value.Name} \"…\"}}}}`",
        _ => $"`{{{{{value.Name}}}}}`",
    };
}
