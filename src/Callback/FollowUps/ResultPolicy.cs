using Callback.CallScripts;
using Callback.FollowUps.Owed;
using Callback.Windows;

namespace Callback.FollowUps;

/// <summary>What a submitted card is measured against.</summary>
/// <param name="Outcomes">The catalogue.</param>
/// <param name="Checklist">Of the purpose.</param>
/// <param name="OrderNos">The orders the call was about.</param>
/// <param name="OrdersFromFiles">An order's data came from a file when it was dialed.</param>
/// <param name="Path">The way of the talk.</param>
/// <param name="Policy">For the moments that may be promised.</param>
/// <param name="Zone">The called party's zones.</param>
/// <param name="Now">The moment of saving.</param>
/// <param name="Owed">What promises, orders and limits say, for the grants.</param>
/// <param name="PromisedBefore">The promise that is on record already; it may stand although its time is past.</param>
internal sealed record ResultFacts(
    Purpose Purpose, OutcomeCatalogue Outcomes, Checklist Checklist, IReadOnlyList<string> OrderNos, bool OrdersFromFiles, ScriptPath? Path,
    EffectivePolicy Policy, ZoneKey Zone, DateTimeOffset Now, OwedFacts Owed, DraftPromise? PromisedBefore);

/// <summary>A result that is complete.</summary>
/// <param name="DoNotCall">By the outcome, or ticked beside it.</param>
internal sealed record CheckedResult(
    CallDraft Draft, Outcome Outcome, IReadOnlyList<string> Reasons, string Note, PromisedMoment? Promise, bool DoNotCall, IReadOnlyList<CheckedTask> Tasks);

internal sealed record PromisedMoment(DateTime Local, string Zone, DateTimeOffset At);

internal sealed record CheckedTask(string Kind, string? OrderNo, string Note, DateTime? DueLocal, TimeSpan DueIn)
{
    /// <summary>What it gives; null: nothing that counts as money.</summary>
    public CheckedGrant? Grant { get; init; }
}

/// <summary>Is the card complete: what the outcome asks for is there, what it does not allow is not, and the checklist is done or waived.</summary>
internal static class ResultPolicy
{
    public const int LongestNote = 4000;

    /// <returns>Either a result or the problems, all at once.</returns>
    public static (CheckedResult? Result, IReadOnlyList<Problem> Problems) Check(CallDraft draft, ResultFacts facts)
    {
        if (facts.Outcomes.Find(draft.Outcome, facts.Purpose) is not { } outcome)
            return (null, [draft.Outcome is null ? Problem.Of("outcome-required", "outcome") : Problem.Of("outcome-unknown", "outcome", ("value", draft.Outcome))]);
        var problems = new List<Problem>();
        var reasons = draft.Reasons ?? facts.Path?.Proposed.Reasons ?? [];
        problems.AddRange(OfReasons(outcome, reasons, facts));
        var promise = Promise(draft, facts, outcome, problems);
        problems.AddRange(OfNote(outcome, draft.Note));
        problems.AddRange(OfChecklist(draft, facts, outcome));
        var owed = OwedPolicy.Of(facts.Owed, draft.Claims, reasons, outcome.Code);
        var tasks = GrantPolicy.Apply(facts.Owed, draft, owed, Tasks(draft, facts, problems), facts.Outcomes, problems);
        return problems.Count > 0
            ? (null, problems)
            : (new(draft, outcome, reasons, draft.Note.Trim(), promise, draft.DoNotCall || outcome.DoNotCall, tasks), []);
    }

    private static IEnumerable<Problem> OfReasons(Outcome outcome, IReadOnlyList<string> reasons, ResultFacts facts)
    {
        foreach (var code in reasons)
            if (facts.Outcomes.FindReason(code) is not { } reason || !reason.Purposes.Contains(facts.Purpose))
                yield return Problem.Of("reason-unknown", "reasons", ("value", code));
        if (outcome.Reasons == Need.Required && reasons.Count == 0)
            yield return Problem.Of("reason-code-required", "reasons");
        if (outcome.Reasons == Need.None && reasons.Count > 0)
            yield return Problem.Of("reasons-not-allowed", "reasons", ("outcome", outcome.Code));
    }

    private static IEnumerable<Problem> OfNote(Outcome outcome, string note)
    {
        if (outcome.NoteRequired && string.IsNullOrWhiteSpace(note))
            yield return Problem.Of("note-required", "note", ("outcome", outcome.Code));
        if (note.Length > LongestNote)
            yield return Problem.Of("note-too-long", "note", ("most", $"{LongestNote}"));
    }

    private static IEnumerable<Problem> OfChecklist(CallDraft draft, ResultFacts facts, Outcome outcome) => facts.Checklist
        .For(draft, new(facts.OrdersFromFiles, facts.OrderNos.Count > 1, OrderSeen: true, facts.Path?.GreetingPassed ?? false, ResultConfirmed: true, outcome.Reached))
        .Where(entry => entry.Missing)
        .Select(entry => Problem.Of("checklist-open", "checklist", ("item", entry.Item.Id)));

    private static PromisedMoment? Promise(CallDraft draft, ResultFacts facts, Outcome outcome, List<Problem> problems)
    {
        if (draft.Promise is not { } promise)
        {
            if (outcome.Promise == Need.Required)
                problems.Add(Problem.Of("promise-required", "promise", ("outcome", outcome.Code)));
            return null;
        }
        var zone = promise.Zone ?? facts.Zone.Ids[0];
        var verdict = outcome.Promise == Need.None ? "promise-not-allowed"
            : draft.DoNotCall || outcome.DoNotCall ? "promise-despite-do-not-call"
            : !facts.Zone.Ids.Contains(zone) ? "promise-zone-unknown"
            : Moment(promise.Local, zone, facts);
        if (verdict is not null)
        {
            problems.Add(Problem.Of(verdict, "promise", ("local", $"{promise.Local:yyyy-MM-dd HH:mm}"), ("zone", zone)));
            return null;
        }
        return new(promise.Local, zone, LocalTimePolicy.ToInstant(promise.Local, zone));
    }

    private static string? Moment(DateTime local, string zone, ResultFacts facts)
    {
        if (facts.PromisedBefore is { } before && before.Local == local && (before.Zone ?? zone) == zone)
            return null;
        return PromisePolicy.Check(facts.Policy, facts.Zone, LocalTimePolicy.ToInstant(local, zone), facts.Now) switch
        {
            PromiseVerdict.Allowed => null,
            PromiseVerdict.InThePast => "promise-in-the-past",
            PromiseVerdict.TooFarAhead => "promise-too-far",
            _ => "promise-outside-hours",
        };
    }

    /// <summary>What the agent listed; untouched, what the talk proposes.</summary>
    private static List<CheckedTask> Tasks(CallDraft draft, ResultFacts facts, List<Problem> problems)
    {
        var tasks = new List<CheckedTask>();
        foreach (var task in draft.Tasks ?? Proposed(facts.Path))
            if (facts.Outcomes.FindTaskKind(task.Kind) is not { } kind)
                problems.Add(Problem.Of("task-unknown", "tasks", ("value", task.Kind)));
            else if (task.OrderNo is { } order && !facts.OrderNos.Contains(order))
                problems.Add(Problem.Of("task-order-unknown", "tasks", ("value", order)));
            else if (task.Note.Length > LongestNote)
                problems.Add(Problem.Of("note-too-long", "tasks", ("most", $"{LongestNote}")));
            else
                tasks.Add(new(task.Kind, task.OrderNo, task.Note.Trim(), task.DueLocal, kind.DueIn));
        return tasks;
    }

    private static IReadOnlyList<DraftTask> Proposed(ScriptPath? path) =>
    [
        .. (path?.Actions ?? []).Select(action => action switch
            {
                ScriptAction.OpenTask task => task.Kind,
                ScriptAction.OfferCompensation offer => offer.Kind,
                ScriptAction.SendToSupervisor send => send.Kind,
                _ => null,
            })
            .OfType<string>()
            .Distinct()
            .Select(kind => new DraftTask(kind)),
    ];
}
