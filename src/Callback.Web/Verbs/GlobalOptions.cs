using System.CommandLine;

namespace Callback.Web.Verbs;

/// <summary>The options every verb takes.</summary>
internal static class GlobalOptions
{
    public static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object instead of text.", Recursive = true };

    public static readonly Option<string?> Data = new("--data") { Description = "The data folder (CALLBACK_DATA; default: data).", Recursive = true };

    public static readonly Option<string?> Config = new("--config") { Description = "The configuration folder (default: config).", Recursive = true };

    public static readonly Option<string[]> Set = new("--set") { Description = "One setting: --set database.poolSize=8. May be repeated.", Recursive = true };

    public static readonly IReadOnlyList<Option> All = [Json, Data, Config, Set];
}
