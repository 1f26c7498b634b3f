using Callback.CallScripts;
using Callback.CallScripts.Editing;

namespace Callback.Web.Api;

/// <param name="Zh">YAML in Chinese.</param>
/// <param name="En">YAML in English; both have the same steps and differ in words only.</param>
public sealed record ScriptTextsBody(string? Zh, string? En)
{
    internal ScriptTexts Texts() => new((Zh ?? "").ReplaceLineEndings("\n"), (En ?? "").ReplaceLineEndings("\n"));
}

/// <param name="Revision">The draft's revision that was read; null: there is no draft, or no such script, yet.</param>
public sealed record DraftBody(string? Zh, string? En, int? Revision = null)
{
    internal ScriptTexts Texts() => new ScriptTextsBody(Zh, En).Texts();
}

/// <param name="Revision">The draft's revision that was looked at.</param>
/// <param name="Note">What changed and why; 1–500 characters.</param>
public sealed record PublishBody(int Revision, string? Note);

/// <param name="Version">The version whose words count again.</param>
/// <param name="Note">Why; 1–500 characters.</param>
public sealed record RollBackBody(int Version, string? Note);

public sealed record PublishedAnswer(int Version);

public sealed record DraftAnswer(string Name, int Revision, int? BasedOn, DateTimeOffset SavedAt, string SavedBy)
{
    internal static DraftAnswer Of(ScriptDraft draft) => new(draft.Name, draft.Revision, draft.BasedOn, draft.SavedAt, draft.SavedBy);
}

/// <param name="Name">As campaigns name it; the shop's own begin with <c>shop/</c>, which is left out in addresses.</param>
/// <param name="Latest">Null: never published.</param>
/// <param name="DraftRevision">Null: nobody works on it.</param>
public sealed record ScriptAnswer(string Name, bool IsOwn, Label Title, Purpose Purpose, int? Latest, int? DraftRevision, int Calls)
{
    internal static ScriptAnswer Of(ScriptListRow row) => new(row.FullName, row.IsOwn, new(row.Title.En, row.Title.Zh), row.Purpose, row.Latest, row.Draft?.Revision, row.Calls);
}

public sealed record ScriptDetailAnswer(string Name, Purpose Purpose, DraftAnswer? Draft, IReadOnlyList<ScriptVersion> Versions)
{
    internal static ScriptDetailAnswer Of(ScriptDetail detail) => new(detail.FullName, detail.Purpose, detail.Draft is { } draft ? DraftAnswer.Of(draft) : null, detail.Versions);
}

/// <param name="IsSound">It can be published.</param>
public sealed record ScriptCheckAnswer(bool IsSound, IReadOnlyList<FindingAnswer> Findings)
{
    internal static ScriptCheckAnswer Of(CheckedScript check) => new(check.IsSound, [.. check.Findings.Select(FindingAnswer.Of)]);
}

/// <param name="Kind">Error, Warning or Fact.</param>
/// <param name="Language">Of which text.</param>
/// <param name="Node">The step it stands in; null: none.</param>
public sealed record FindingAnswer(ConfigFindingKind Kind, string Language, int? Line, string? Node, Label Message)
{
    internal static FindingAnswer Of(ScriptFinding finding) => new(finding.Kind, finding.Language, finding.Line, finding.Node, new(finding.Message, finding.Chinese));
}
