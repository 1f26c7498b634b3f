using Callback.Windows;

namespace Callback.Campaigns;

public enum CampaignStatus
{
    /// <summary>Made, and not yet switched on.</summary>
    Draft,

    /// <summary>Plans and calls, between its dates.</summary>
    Running,

    /// <summary>Neither plans nor calls until it is started again; what waited is planned afresh then.</summary>
    Paused,

    /// <summary>Over for good.</summary>
    Ended,
}

/// <summary>Which of the waiting calls goes first. Promised call-backs go before all others whatever this says.</summary>
public enum CampaignOrder
{
    /// <summary>Amount × chance by age ÷ expected minutes of the agent.</summary>
    Value,

    /// <summary>The order that has waited longest.</summary>
    Oldest,

    /// <summary>The freshest order.</summary>
    Newest,

    /// <summary>The largest amount.</summary>
    Amount,
}

/// <summary>Whom to call, why, when and with which call script. Its settings stand in <see cref="CampaignSettings"/>.</summary>
/// <param name="Code">The preset it was made from, or a name of its own; unique in the shop.</param>
/// <param name="Version">Rises with every change; an edit names the version it was made on.</param>
public sealed record Campaign(
    ShopId Shop,
    Guid CampaignId,
    string Code,
    Purpose Purpose,
    CampaignStatus Status,
    CampaignSettings Settings,
    int Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>What a scheduler may change on a campaign.</summary>
public sealed record CampaignSettings
{
    /// <summary>As people read it; 1–80 characters.</summary>
    public required string Name { get; init; }

    /// <summary>First day in the shop's zone; null: at once.</summary>
    public DateOnly? StartsOn { get; init; }

    /// <summary>Last day in the shop's zone; null: until it is ended.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>Least age of the order, from the moment that makes it a case for the purpose (ordered, delivered …); 0 or more.</summary>
    public required TimeSpan MinAge { get; init; }

    /// <summary>Age from which on nobody is called any more; more than <see cref="MinAge"/>, at most 90 days.</summary>
    public required TimeSpan MaxAge { get; init; }

    /// <summary>Least amount of an order, in the shop's currency; null: any.</summary>
    public decimal? MinAmount { get; init; }

    /// <summary>Largest amount of an order, in the shop's currency; null: any.</summary>
    public decimal? MaxAmount { get; init; }

    /// <summary>Hours that narrow the policy's; null: as the policy says.</summary>
    public WindowNarrowing? Windows { get; init; }

    /// <summary>Most calls of the campaign in one day of the shop; null: no cap.</summary>
    public int? DailyCap { get; init; }

    public CampaignOrder OrderBy { get; init; }

    /// <summary>Share of customers, 0–50 %, that is never called, to measure what the calls bring.</summary>
    public int HoldoutPercent { get; init; }

    /// <summary>How old the shop's data about an order may be when it is called; null: 12 hours from files, 15 minutes from the API.</summary>
    public TimeSpan? MaxDataAge { get; init; }

    /// <summary>How long an agent may look at a card before it goes back; 30 seconds to 30 minutes, default 5 minutes.</summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromMinutes(5);

    public required string CallScript { get; init; }

    /// <summary>Null: the newest version there is when the call begins.</summary>
    public int? ScriptVersion { get; init; }

    /// <summary>manual, practice or twilio; a shop of simulated customers always uses practice.</summary>
    public string Line { get; init; } = "manual";

    /// <summary>The agents who may take its calls; empty: every agent of the shop.</summary>
    public IReadOnlyList<Guid> Agents { get; init; } = [];
}
