using Callback.CallScripts;
using Callback.Orders;
using Callback.Telephony;

namespace Callback.Calls;

/// <summary>All that the desk shows, read afresh from the database: any node can build the same page at any moment.</summary>
/// <param name="Now">The moment it was read; countdowns count from here.</param>
/// <param name="Card">The one call in the agent's hands, or null.</param>
/// <param name="OpensAt">Without a card: when the next window of a chosen campaign opens; null when one is open now or none will.</param>
/// <param name="WrapUps">Calls without a result that wait aside: put off, or abandoned (a manager sees everybody's abandoned ones).</param>
public sealed record DeskView(
    DateTimeOffset Now,
    AgentState State,
    string? PauseReason,
    DateTimeOffset? Since,
    IReadOnlyList<DeskCampaign> Campaigns,
    DeskCard? Card,
    DateTimeOffset? OpensAt,
    IReadOnlyList<WaitingWrapUp> WrapUps,
    DeskDay Today)
{
    /// <summary>Shops whose customers this agent may not call before a course is passed.</summary>
    public IReadOnlyList<LockedShop> Locked { get; init; } = [];
}

/// <param name="Course">As in config/practice/courses.</param>
public sealed record LockedShop(ShopId Shop, string Name, string Course);

public enum AgentState
{
    Away,
    Ready,
    Paused,
}

/// <summary>A running campaign this agent may take.</summary>
/// <param name="Ready">Calls that wait, whether or not their window is open.</param>
/// <param name="OpenUntil">The latest close of the windows that are open now; null: none is open.</param>
/// <param name="OpensAt">When none is open: the next opening among its waiting calls (or of the shop's own zone when none waits).</param>
public sealed record DeskCampaign(
    ShopId Shop, string ShopName, bool Practice, Guid CampaignId, string Code, string Name, Purpose Purpose, bool Chosen, int Ready,
    DateTimeOffset? OpenUntil, DateTimeOffset? OpensAt);

/// <summary>The agent's own day so far, with real customers; of an agent who has only practice shops, with invented ones.</summary>
public sealed record DeskDay(int Calls, int Reached, int Skips, int Results);

public sealed record WaitingWrapUp(
    ShopId Shop, Guid AttemptId, Guid HoldId, WrapUpState WrapUp, DateTimeOffset GatedAt, string PhoneLast4, string? BuyerName, Guid AgentId, string AgentName, bool Mine);

public enum CardPhase
{
    /// <summary>Looking at it; nothing is spent yet.</summary>
    Held,

    /// <summary>Through the gate, not answered yet.</summary>
    Calling,

    Talking,

    /// <summary>The line's answer was lost; being looked for. The agent may take another card.</summary>
    Unknown,

    /// <summary>The call is over; the result is still to be written.</summary>
    WrapUp,
}

/// <summary>One person with all open orders of one purpose.</summary>
/// <param name="HoldId">The card's token from the hold to the result; drafts hang on it.</param>
/// <param name="Number">Only on a line that shows it, only to the agent of the attempt, only after the gate.</param>
/// <param name="LastDialAt">Held: the last moment the gate opens (window's end minus the closing guard).</param>
/// <param name="WindowClosesAt">End of the called party's window.</param>
/// <param name="Zones">The called party's zones; the call must be allowed in all of them.</param>
/// <param name="Why">The figures behind the priority, as the planner kept them.</param>
/// <param name="LookUpFirst">The orders come from a file: the shop's back office is to be looked at before dialing.</param>
/// <param name="Talk">What the call script's values are made from; give it to <c>ScriptValues.Of</c>.</param>
/// <param name="Draft">What is on the card so far; of a recorded call, its latest result.</param>
/// <param name="AgentId">Whose card it is.</param>
/// <param name="Revision">The result's revision that is on record, 0 when there is none.</param>
public sealed record DeskCard(
    ShopId Shop, string ShopName, string ShopZone, bool Practice, Guid HoldId, Guid? QueuedCallId, Guid? AttemptId, CardPhase Phase,
    Guid CampaignId, string CampaignName, Purpose Purpose, CallKind Kind, string Line, LineCapabilities Capabilities,
    string CallScript, int? ScriptVersion,
    string PhoneLast4, PhoneNumber? Number, IReadOnlyList<string> Zones,
    DateTimeOffset? HeldUntil, DateTimeOffset? LastDialAt, DateTimeOffset? WindowClosesAt, string? ClosedReason,
    CallState CallState, WrapUpState WrapUp, DateTimeOffset? GatedAt, DateTimeOffset? RingingAt, DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt,
    IReadOnlyList<CardOrder> Orders, IReadOnlyList<EarlierContact> Earlier, IReadOnlyDictionary<string, string> Why, int Skips, bool LookUpFirst,
    ScriptFacts Talk, CallDraft Draft, DateTimeOffset? DraftSavedAt, int Revision, Guid AgentId);

/// <param name="AsOf">The moment whose truth the row tells.</param>
/// <param name="Source">File, Api or Desk.</param>
public sealed record CardOrder(
    string OrderNo, OrderStatus Status, decimal Amount, string Currency, IReadOnlyList<CardItem> Items, string? BuyerId, string? BuyerName,
    string? Region, string? City, string? BuyerNote, string? SellerNote, string? Courier, string? TrackingNo, decimal RefundedAmount,
    DateTimeOffset OrderedAt, DateTimeOffset? PaidAt, DateTimeOffset? ShippedAt, DateTimeOffset? DeliveredAt, DateTimeOffset AsOf, string Source, int GrantNo)
{
    /// <summary>What was reported about the order.</summary>
    public OrderCases Cases { get; init; } = OrderCases.None;
}

public sealed record CardItem(string Title, string? Options, int Quantity, decimal? Price);

/// <summary>A row of the log about this person.</summary>
public sealed record EarlierContact
{
    public required DateTimeOffset At { get; init; }

    public required Guid AttemptId { get; init; }

    public required Purpose Purpose { get; init; }

    public required string Outcome { get; init; }

    public required bool Reached { get; init; }

    public required IReadOnlyList<string> ReasonCodes { get; init; }

    public required string Note { get; init; }

    public string? Promised { get; init; }

    public required IReadOnlyList<string> OrderNos { get; init; }

    public required string AgentName { get; init; }
}
