namespace Callback.FollowUps.Log;

/// <summary>One call-back record, as the log shows and exports it.</summary>
/// <param name="Wording">Kinds of wording found in the note when it was saved.</param>
public sealed record FollowUpRow(
    DateTimeOffset At,
    Guid AttemptId,
    int Revision,
    Guid CampaignId,
    string CampaignName,
    Purpose Purpose,
    Guid AgentId,
    string AgentName,
    string[] OrderNos,
    string? BuyerId,
    string? BuyerName,
    string PhoneLast4,
    string Products,
    decimal Amount,
    string Currency,
    string Outcome,
    bool Reached,
    string[] ReasonCodes,
    string? Arrived,
    string? ProductSatisfaction,
    string? CourierSatisfaction,
    string? Suggestion,
    string? Problem,
    string? Promised,
    DateTimeOffset? PromisedAt,
    string? Compensation,
    string Note,
    int TalkSeconds,
    string[] Wording);
