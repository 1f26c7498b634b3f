using Callback.CallScripts.Reading;

namespace Callback.CallScripts;

/// <summary>What is wrong with a script's text, or what it comes to.</summary>
/// <param name="Language">Of which text.</param>
/// <param name="Line">Null: the whole text.</param>
/// <param name="Node">The node it stands in; null: the head, or a text that cannot be read.</param>
/// <param name="Message">In English.</param>
public sealed record ScriptFinding(string Language, int? Line, string? Node, ConfigFindingKind Kind, string Message)
{
    public string Chinese { get; init; } = FindingWords.InChinese(Message);

    /// <param name="language">Of the reader: zh-CN, or anything else for English.</param>
    public string In(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Chinese : Message;
}

/// <summary>Two texts as the files' own reader reads them, with everything it finds.</summary>
/// <param name="Zh">Null: the text cannot be read as a script at all. A script with errors may be shown, and must not be walked.</param>
public sealed record CheckedScript(CallScript? Zh, CallScript? En, IReadOnlyList<ScriptFinding> Findings)
{
    private const string Anywhere = "script";

    public bool IsSound => Zh is not null && En is not null && Findings.All(finding => finding.Kind != ConfigFindingKind.Error);

    public IEnumerable<ScriptFinding> Errors => Findings.Where(finding => finding.Kind == ConfigFindingKind.Error);

    public CallScript? In(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Zh : En;

    /// <summary>Pure: reads and checks as at load, with no files but these two.</summary>
    public static CheckedScript Of(ScriptTexts texts, OutcomeCatalogue catalogue)
    {
        var findings = new Findings();
        var source = new ConfigSource(file => PackReader.Languages.FirstOrDefault(language => file == FileOf(language)) is { } language ? texts.In(language) : null);
        var read = PackReader.ReadBoth(source, CallScriptBook.ShopPack, Anywhere, catalogue, findings);
        return new(read[0]?.Script, read[1]?.Script, [.. findings.All.Select(finding => Placed(finding, read)).OrderBy(finding => finding.Kind != ConfigFindingKind.Error).ThenBy(finding => finding.Line)]);
    }

    private static ScriptFinding Placed(ConfigFinding finding, IReadOnlyList<ReadScript?> read)
    {
        var index = finding.File == FileOf(PackReader.Languages[0]) ? 0 : 1;
        var line = finding.Place is ['l', 'i', 'n', 'e', ' ', .. var number] && int.TryParse(number, out var at) ? at : (int?)null;
        var node = read[index]?.Places.Where(place => place.Value.At.Line <= line).OrderBy(place => place.Value.At.Line).LastOrDefault().Key;
        return new(PackReader.Languages[index], line, node, finding.Kind, InWords(finding.Message));
    }

    /// <summary>There are no files here; what the reader calls one is the text of that language.</summary>
    private static string InWords(string message) =>
        PackReader.Languages.Aggregate(message, (text, language) => text.Replace(FileOf(language), language, StringComparison.Ordinal));

    private static string FileOf(string language) => $"{ScriptReader.FolderOf(CallScriptBook.ShopPack, language)}/{Anywhere}.yaml";
}
