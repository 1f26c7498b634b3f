using Callback.CallScripts;
using Callback.CallScripts.Editing;

namespace Callback.Web.Components.CallScripts;

/// <summary>All that the editor's page is made from.</summary>
/// <param name="Document">Null: the texts can only be put right as YAML.</param>
/// <param name="Node">The step on screen, as stored or as typed; null: the script's settings.</param>
/// <param name="Head">The settings, as stored or as typed.</param>
public sealed record EditorModel(
    ScriptDraft Draft, ScriptDocument? Document, ScriptOutline? Outline, CheckedScript Check, NodeForm? Node, HeadForm? Head, PreviewCard Card, OutcomeCatalogue Outcomes)
{
    private readonly Dictionary<string, ILookup<string, string>> titles = [];

    public string Name => Draft.Name;

    /// <summary>Titles with the ids of the steps that have them.</summary>
    public ILookup<string, string> Titles(string language) =>
        titles.TryGetValue(language, out var known) ? known : titles[language] = (Document?.Nodes ?? []).ToLookup(node => node.Title.In(language), node => node.Id);

    public string FullName => $"{CallScriptBook.ShopPack}/{Draft.Name}";

    public Purpose Purpose => Enum.TryParse<Purpose>(Document?.Purpose, out var purpose) ? purpose : Check.En?.Purpose ?? Purpose.PaymentReminder;

    public string Path(string act) => $"/scripts/shop/{Draft.Name}/{act}";

    public string StepPath(string id) => $"{Path("edit")}?node={Uri.EscapeDataString(id)}{(Card.Order.Length == 0 ? "" : $"&order={Uri.EscapeDataString(Card.Order)}")}";

    /// <summary>How long a step takes read aloud, in the slower language.</summary>
    public TimeSpan TimeOf(string id) => new[] { Check.Zh, Check.En }.OfType<CallScript>()
        .Select(script => script.Nodes.TryGetValue(id, out var node) ? SpokenTime.Of(node, Card.In(script.Language)) : TimeSpan.Zero).DefaultIfEmpty(TimeSpan.Zero).Max();

    public IReadOnlyList<ScriptFinding> FindingsOf(string? id) => [.. Check.Findings.Where(finding => finding.Kind != ConfigFindingKind.Fact && finding.Node == id)];

    public IReadOnlyList<ScriptFinding> OtherFindings => [.. Check.Findings.Where(finding => finding.Kind != ConfigFindingKind.Fact && finding.Node != Node?.Id)];
}

/// <summary>Someone else saved while this page was open.</summary>
/// <param name="Theirs">From what they saved to what is typed here, for the step on screen.</param>
public sealed record EditConflict(ScriptDraft Current, IReadOnlyList<NodeChange> Theirs);

/// <summary>Puts the editor's page together.</summary>
internal sealed class ScriptEditor(ShowScripts scripts, ScriptCheck checks, CallScriptBook book, ScriptPreview preview)
{
    /// <param name="node">Id of a step; null or unknown: the settings.</param>
    /// <param name="typed">Shown, and judged, in place of what is stored.</param>
    /// <returns>Null: there is no draft of this name.</returns>
    public async Task<EditorModel?> ReadAsync(
        Actor actor, ShopId shop, string name, string? node, string? order, CancellationToken ct, NodeForm? typed = null, HeadForm? typedHead = null)
    {
        if ((await scripts.FindAsync(actor, shop, name, ct))?.Draft is not { } draft)
            return null;
        var document = ScriptDocument.Read(draft.Texts).Document;
        var texts = draft.Texts;
        if (document is not null && (typed, typedHead) is not (null, null))
        {
            if (typed is not null)
                document.With(typed);
            if (typedHead is not null)
                document.WithHead(typedHead);
            texts = document.ToTexts();
        }
        return new(
            draft,
            document,
            document is null ? null : ScriptOutline.Of(document),
            checks.Of(texts),
            typed ?? (node is null ? null : document?.Find(node)),
            typedHead ?? document?.Head,
            await preview.CardAsync(actor, shop, order, ct),
            book.Outcomes);
    }
}
