using Callback.Campaigns;
using Callback.Planning;
using Callback.Windows;

namespace Callback.Web.Api;

/// <summary>An explanation as JSON, the same for <c>callback explain --json</c> and the API.</summary>
/// <param name="At">The moment it was judged for.</param>
public sealed record ExplanationAnswer(string OrderNo, DateTimeOffset At, OrderStatus Status, DateTimeOffset AsOf, IReadOnlyList<CampaignExplanationAnswer> Campaigns)
{
    internal static ExplanationAnswer Of(OrderExplanation told) => new(told.OrderNo.Value, told.At, told.Status, told.AsOf, [.. told.Campaigns.Select(CampaignExplanationAnswer.Of)]);
}

/// <param name="Callable">Whether a call may start at the moment.</param>
/// <param name="Reason">Why not.</param>
/// <param name="Until">Callable: the last moment to start; blocked: when time changes it, or null.</param>
/// <param name="Window">Why the window is closed.</param>
/// <param name="Since">Since when it is so, where known.</param>
/// <param name="PlannedFor">When it would be called if only the hour is against it.</param>
/// <param name="Behind">What else would block it when the window opens.</param>
public sealed record CampaignExplanationAnswer(
    Guid CampaignId,
    string Campaign,
    Purpose Purpose,
    CampaignStatus Status,
    bool Callable,
    CallKind? Kind,
    BlockReason? Reason,
    DateTimeOffset? Until,
    ClosedReason? Window,
    DateTimeOffset? Since,
    DateTimeOffset? PlannedFor,
    BlockReason? Behind,
    Guid? QueuedCallId,
    long? Ahead,
    DateTimeOffset? HeldUntil,
    DateTimeOffset? SpentAt)
{
    internal static CampaignExplanationAnswer Of(CampaignExplanation told)
    {
        var may = told.Eligibility as Eligibility.Eligible;
        var no = told.Eligibility as Eligibility.Blocked;
        return new(
            told.CampaignId, told.Code, told.Purpose, told.Status, may is not null, may?.Kind, no?.Reason, may?.ClosesAt ?? no?.Until, no?.Window,
            told.Since, told.PlannedFor, told.Behind?.Reason, told.Queued?.QueuedCallId, told.Queued?.Ahead, told.Queued?.HeldUntil, told.SpentAt);
    }
}
