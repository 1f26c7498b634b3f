using Callback.Calls;
using Callback.CallScripts;
using Callback.Practice;
using Callback.Web.Components.Desk.Phone;
using Callback.Web.Components.Shared;
using Callback.Windows;

namespace Callback.Web.Components.Desk;

/// <summary>All that the desk's page is made from: the desk as the database has it, and for the card in hand its talk, checklist and choices.</summary>
/// <param name="Notice">What the last act led to, where the desk itself does not show it.</param>
public sealed record DeskModel(DeskView View, CardModel? Card, DeskNotice? Notice = null)
{
    /// <summary>The agent's own phone; null: no line of the agent's shops needs one.</summary>
    public PhoneModel? Phone { get; init; }

    /// <summary>Changes when another page of the same agent (another tab, another node) brought the desk further.</summary>
    public string Stamp => Card is { Card: var card }
        ? $"{card.HoldId:N}.{card.Phase}.{card.CallState}.{card.Revision}"
        : $"{View.State}.{View.Campaigns.Count(campaign => campaign.Chosen)}";
}

/// <param name="Script">Null: the campaign's script is not in the configuration (any more); the call can be made without.</param>
/// <param name="Promises">The days on which a call-back can be promised, with the moments that may be named.</param>
/// <param name="Tasks">The agent's follow-up tasks, else those the talk proposes.</param>
/// <param name="PromiseDay">The day whose moments are on screen; null: that of the promise, else the first.</param>
/// <param name="Problems">What kept a result from being saved.</param>
/// <param name="SubmissionId">This page's own id for saving the result: sent twice, it is saved once.</param>
public sealed record CardModel(
    DeskCard Card,
    CallScript? Script,
    ScriptValues? Values,
    ScriptPath? Path,
    IReadOnlyList<ChecklistEntry> Checklist,
    IReadOnlyList<Outcome> Outcomes,
    IReadOnlyList<ReasonCode> Reasons,
    IReadOnlyList<FollowUpTaskKind> TaskKinds,
    IReadOnlyList<PromiseDay> Promises,
    string? ProposedOutcome,
    IReadOnlyList<DraftTask> Tasks,
    DateOnly? PromiseDay,
    Guid SubmissionId,
    IReadOnlyList<Problem> Problems)
{
    public CallDraft Draft => Card.Draft;

    /// <summary>In a practice talk: what the invented customer says to the step on screen.</summary>
    public CustomerTalk? Customer { get; init; }

    /// <summary>A dial or a result was refused: what is missing in the checklist is marked.</summary>
    public bool MarksMissing { get; init; }

    /// <summary>What the shop owes on this card; null: nobody is signed in who may know.</summary>
    public OwedOnCard? Owed { get; init; }

    /// <summary>The agent's choice, else what the talk or the line proposes.</summary>
    public Outcome? Outcome => Outcomes.FirstOrDefault(outcome => outcome.Code == (Draft.Outcome ?? ProposedOutcome));

    public IReadOnlyList<string> ChosenReasons => Draft.Reasons ?? Path?.Proposed.Reasons ?? [];

    public IEnumerable<ChecklistEntry> Missing(ChecklistPhase phase) => Checklist.Where(entry => entry.Item.Phase == phase && entry.Missing);

    /// <summary>The address of an act on this card.</summary>
    public string Act(string act) => $"{Acts ?? $"/desk/cards/{Card.HoldId}"}/{act}";

    /// <summary>Where the page asks whether the call has come further than it shows.</summary>
    public string Watch => $"{Act("refresh")}?seen={SeenOf(Card)}";

    public static string SeenOf(DeskCard card) => $"{card.Phase}.{card.CallState}";

    /// <summary>Where the acts are posted when the card is not in the reader's own hands.</summary>
    public string? Acts { get; init; }
}

public sealed record PromiseDay(DateOnly Day, IReadOnlyList<PromiseSlot> Slots);

/// <param name="OffersNext">The card is gone and nothing new is taken before the agent says so.</param>
/// <param name="Link">Where more about it is to be read, with the words for it.</param>
public sealed record DeskNotice(StatusKind Kind, string Text, string? Detail = null, bool OffersNext = false, (string Url, string Text)? Link = null);

/// <param name="Opening">The first words after the answer, while the talk is at its first step.</param>
/// <param name="Says">Null: the customer does not hear this step and waits.</param>
/// <param name="Language">In which it is spoken.</param>
public sealed record CustomerTalk(string? Opening, string? Says, CustomerMood Mood, string Language);
