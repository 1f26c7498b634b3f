using System.Collections.Frozen;
using Callback.Web.Components.Shared;
using Callback.Web.Localization;
using Markdig;

namespace Callback.Web.Components.Help;

/// <summary>One page of the manual.</summary>
internal sealed record HelpPage(string Name, string Title, OwnHtml Html);

/// <summary>The manual, Help/{language}/name.md, in the order of the names, which may begin with a number for that, embedded in the program and turned into HTML once. Without raw HTML in it.</summary>
internal sealed class HelpBook
{
    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers().UseGenericAttributes().UseDefinitionLists().DisableHtml().Build();

    private readonly FrozenDictionary<string, IReadOnlyList<HelpPage>> byLanguage =
        Language.All.ToFrozenDictionary(language => language.Code, Read);

    public IReadOnlyList<HelpPage> Pages(Language language) => byLanguage[language.Code];

    public HelpPage? Find(Language language, string name) => Pages(language).FirstOrDefault(page => page.Name == name);

    private static IReadOnlyList<HelpPage> Read(Language language)
    {
        var prefix = $"Help/{language.Code}/";
        return [.. typeof(HelpBook).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Page(name, prefix.Length))];
    }

    private static HelpPage Page(string resource, int prefix)
    {
        using var reader = new StreamReader(typeof(HelpBook).Assembly.GetManifestResourceStream(resource)!);
        var markdown = reader.ReadToEnd().Replace(ValueNamesTable.Place, ValueNamesTable.In(resource.StartsWith("Help/zh", StringComparison.Ordinal) ? "zh-CN" : "en"), StringComparison.Ordinal);
        var title = markdown.Split('\n', 2)[0].TrimStart('#', ' ').Trim();
        var name = Path.GetFileNameWithoutExtension(resource[prefix..]);
        return new(name.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimStart('-'), title, new(Markdown.ToHtml(markdown, Pipeline)));
    }
}
