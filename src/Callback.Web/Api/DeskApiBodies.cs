using Callback.Calls;
using Callback.CallScripts;
using Callback.Telephony;

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

public sealed record SavedDraftAnswer(DateTimeOffset SavedAt);
