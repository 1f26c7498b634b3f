using Callback.Accounts;
using Callback.Calls;
using Callback.CallScripts;
using Callback.FollowUps.Owed;
using Callback.Telephony;
using Callback.Web.Components.Desk.Phone;
using Callback.Web.Localization;
using Callback.Web.SignIn;
using Callback.Windows;

namespace Callback.Web.Components.Desk;

/// <summary>Puts the desk's page together: what <see cref="GetDesk"/> read, and the talk, checklist and choices that belong to the card.</summary>
internal sealed class DeskReader(GetDesk desk, CallScriptBook scripts, ScriptFinder finder, PolicyBook policies, TimeProvider time, CurrentShop shops, GetOwed owed,
    CurrentActor current, CustomerReader customer, PhoneReader phone)
{
    private const int PromiseDays = 8;

    public async Task<DeskModel> ReadAsync(Actor actor, Language language, CancellationToken ct, DeskNotice? notice = null)
    {
        var view = await desk.RunAsync(actor, ct);
        return new DeskModel(view, view.Card is { } card ? await CardOfAsync(card, language, ct) : null, notice) { Phone = await phone.ReadAsync(actor, view.Card, ct) };
    }

    /// <param name="card">The card with the draft that is to be shown. Its talk says in which language the customer is spoken with.</param>
    /// <param name="language">Of the agent's screen.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <param name="promiseDay">The day whose moments are offered for a promise; null: the first.</param>
    /// <param name="problems">What is wrong with what was typed.</param>
    public async Task<CardModel> CardOfAsync(
        DeskCard card, Language language, CancellationToken ct, DateOnly? promiseDay = null, IReadOnlyList<Problem>? problems = null)
    {
        var now = time.GetUtcNow();
        card = InReadersLanguage(card, language);
        var script = await finder.FindAsync(card.Shop, card.CallScript, card.ScriptVersion, card.Talk.Language, ct);
        var values = script is null ? null : ScriptValues.Of(card.Talk);
        var path = script is null ? null : ScriptPath.Of(script, values!, card.Draft);
        var outcomes = scripts.Outcomes.For(card.Purpose);
        var proposed = path?.Proposed.Outcome ?? OutcomeOf(card.CallState, outcomes);
        var chosen = outcomes.FirstOrDefault(outcome => outcome.Code == (card.Draft.Outcome ?? proposed));
        var model = new CardModel(
            card,
            script,
            values,
            path,
            scripts.ChecklistOf(card.Purpose).For(card.Draft, ChecklistOf(card, path, chosen)),
            outcomes,
            scripts.Outcomes.ReasonsFor(card.Purpose),
            scripts.Outcomes.TaskKinds,
            chosen is null or { Promise: Need.None } ? [] : PromisesOf(card, now),
            proposed,
            card.Draft.Tasks ?? TasksOf(path),
            promiseDay,
            Ids.New(time),
            [.. (problems ?? []).Select(problem => Named(problem, card.Purpose, language))])
        {
            Customer = await customer.ReadAsync(card, script, values, path, ct),
        };
        return current.SignedIn is { Stage: SignInStage.Complete, Actor: var actor }
            ? model with { Owed = OwedOnCard.Of(await owed.RunAsync(actor, card, ct), model) }
            : model;
    }

    /// <summary>In a practice shop nobody is really spoken with: whoever learns there, or plays the demo, has the talk in the language of their screen.</summary>
    private DeskCard InReadersLanguage(DeskCard card, Language language)
    {
        var spoken = card.Practice ? scripts.SpokenLanguage(card.CallScript, card.ScriptVersion, language.Code) : card.Talk.Language;
        return spoken == card.Talk.Language ? card : card with { Talk = card.Talk with { Language = spoken, Holiday = null } };
    }

    /// <summary>A checklist item by its words instead of its id.</summary>
    private Problem Named(Problem problem, Purpose purpose, Language language) =>
        problem.Values.TryGetValue("item", out var id) && scripts.ChecklistOf(purpose).Items.FirstOrDefault(item => item.Id == id) is { } item
            ? problem with { Values = new Dictionary<string, string>(problem.Values) { ["item"] = item.Label.In(language.Code) } }
            : problem;

    private static ChecklistFacts ChecklistOf(DeskCard card, ScriptPath? path, Outcome? chosen) => new(
        OrdersFromFiles: card.LookUpFirst,
        SeveralOrders: card.Orders.Count > 1,
        OrderSeen: true,
        GreetingPassed: path?.GreetingPassed == true,
        ResultConfirmed: card.Draft.Outcome is not null,
        Reached: card.Draft.Outcome is null ? null : chosen?.Reached);

    /// <summary>A call that nobody took has said its own outcome; the catalogue names them alike.</summary>
    private static string? OutcomeOf(CallState state, IReadOnlyList<Outcome> outcomes) =>
        outcomes.FirstOrDefault(outcome => !outcome.Reached && outcome.Code == state.ToString())?.Code;

    private static IReadOnlyList<DraftTask> TasksOf(ScriptPath? path) =>
    [
        .. (path?.Actions ?? []).Select(action => action switch
        {
            ScriptAction.OpenTask open => open.Kind,
            ScriptAction.OfferCompensation offer => offer.Kind,
            ScriptAction.SendToSupervisor send => send.Kind,
            _ => null,
        }).OfType<string>().Distinct().Select(kind => new DraftTask(kind)),
    ];

    private IReadOnlyList<PromiseDay> PromisesOf(DeskCard card, DateTimeOffset now)
    {
        if (shops.All.FirstOrDefault(shop => shop.ShopId == card.Shop) is not { } shop)
            return [];
        var policy = policies.Effective(shop.Policy);
        var zone = ZoneKey.Of(card.Zones);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(card.Zones[0])).DateTime);
        return
        [
            .. Enumerable.Range(0, PromiseDays)
                .Select(days => today.AddDays(days))
                .Select(day => new PromiseDay(day, PromisePolicy.Slots(policy, zone, day, now)))
                .Where(day => day.Slots.Count > 0),
        ];
    }
}
