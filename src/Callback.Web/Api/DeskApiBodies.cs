using Callback.Calls;
using Callback.CallScripts;
using Callback.FollowUps;
using Callback.Telephony;
using Callback.Wording;

namespace Callback.Web.Api;

/// <param name="Campaigns">Which campaigns the agent is ready for; absent: those chosen last, or all.</param>
public sealed record NextBody(IReadOnlyList<CampaignKeyBody>? Campaigns = null);

public sealed record CampaignKeyBody(string Shop, Guid CampaignId);

/// <param name="Draft">What is ticked on the card; absent: as it was saved last.</param>
public sealed record DialBody(CallDraft? Draft = null);

/// <param name="Number">Only on lines where the agent dials.</param>
/// <param name="Extension">To be sent after the host of a privacy number answers.</param>
public sealed record DialedAnswer(string Shop, Guid AttemptId, AttemptState State, string? Number, string? Extension);

public sealed record SkipBody(string? Reason);

public sealed record AlreadyPaidBody(IReadOnlyList<string>? OrderNos = null);

public sealed record AgentStateBody(AgentState State, string? PauseReason = null);

public sealed record CallStateBody(CallState State);

public sealed record ResultBody(CallDraft Draft, Guid? SubmissionId = null);

/// <param name="Wording">What the wording guard says of what was typed; empty: nothing.</param>
public sealed record SavedDraftAnswer(DateTimeOffset SavedAt, IReadOnlyList<WordingAnswer> Wording);

/// <param name="Repeated">This submission had been saved before.</param>
/// <param name="Wording">What the wording guard says of the note; it is saved all the same.</param>
public sealed record RecordedAnswer(ShopId Shop, Guid AttemptId, int Revision, DateTimeOffset At, bool Repeated, IReadOnlyList<WordingAnswer> Wording)
{
    public static RecordedAnswer Of(RecordedResult result, IReadOnlyList<WordingAnswer> wording) =>
        new(result.Shop, result.AttemptId, result.Revision, result.At, result.Repeated, wording);
}

/// <param name="Words">As they were typed, in the note or beside an answer, a task or a claim.</param>
/// <param name="Position">Their first character in that text.</param>
/// <param name="Entry">Id in the list of wordings.</param>
/// <param name="Better">What to write instead, in both languages.</param>
public sealed record WordingAnswer(string Words, int Position, int Length, string Entry, WordingKind Kind, WordingSeverity Severity, Label Better)
{
    public static IReadOnlyList<WordingAnswer> Of(IEnumerable<FoundWording> findings) =>
        [.. findings.Select(finding => new WordingAnswer(finding.Words, finding.Finding.Position, finding.Finding.Length, finding.Entry.Id, finding.Kind, finding.Severity, finding.Better))];
}
