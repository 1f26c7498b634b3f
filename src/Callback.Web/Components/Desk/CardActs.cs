using System.Globalization;
using Callback.Calls;
using Callback.CallScripts;
using Callback.FollowUps;
using Callback.Telephony;
using Callback.Web.Components.Shared;
using Callback.Web.Localization;

namespace Callback.Web.Components.Desk;

/// <summary>What an agent does with the card in hand. Whatever it is, the draft that came along is saved first.</summary>
internal sealed class CardActs(
    DeskAnswers answers, DeskReader reader, Texts texts, Fmt fmt, TimeProvider time, GetDesk desk, SaveDraft save, DialCall dial, SkipCall skip,
    AlreadyPaid paid, MarkCallState mark, RefreshCall refresh, WrapUpLater later, RecordResult record, HoldNextCall hold, SetAgentState state, PracticeActs practice)
{
    private const string PausePrefix = "pause:";

    private DeskNotice Lost => new(StatusKind.Warning, texts["desk.hold-lost"], texts["desk.hold-lost-text"], OffersNext: true);

    /// <param name="part">talk: the middle of the card depends on what was chosen and is answered; owed: only what the shop owes does; else only that it was saved.</param>
    public async Task<IResult> DraftAsync(Guid holdId, IFormCollection form, string? part, CancellationToken ct)
    {
        var draft = DraftForm.ReadWithNewTask(form);
        var savedAt = await save.RunAsync(answers.Actor, holdId, draft, ct);
        if (part is not ("talk" or "owed") || await CardAsync(holdId, ct) is not { } card)
            return answers.Saved(savedAt, draft);
        return answers.Part(part, await reader.CardOfAsync(card, texts.Language, ct, DayOf(form["promise-day"])));
    }

    public async Task<IResult> StepAsync(Guid holdId, IFormCollection form, CancellationToken ct)
    {
        if (await CardAsync(holdId, ct) is not { } card)
            return await answers.DeskAsync(Lost, ct);
        var draft = DraftForm.Read(form);
        var model = await reader.CardOfAsync(card with { Draft = draft }, texts.Language, ct);
        if (model is { Script: { } script, Values: { } values } && form["go"].ToString() is { Length: > 0 } go)
            draft = ScriptMove.Go(script, values, draft, go);
        var savedAt = await save.RunAsync(answers.Actor, holdId, draft, ct);
        return answers.Talk(await reader.CardOfAsync(card with { Draft = draft, DraftSavedAt = savedAt }, texts.Language, ct));
    }

    public async Task<IResult> DialAsync(Guid holdId, IFormCollection form, CancellationToken ct)
    {
        await save.RunAsync(answers.Actor, holdId, DraftForm.Read(form), ct);
        var result = await dial.RunAsync(answers.Actor, new DialCallInput(holdId), ct);
        return await answers.DeskAsync(NoticeOf(result), ct, marksMissing: result is DialResult.ChecklistOpen);
    }

    public async Task<IResult> PaidAsync(Guid holdId, IFormCollection form, CancellationToken ct)
    {
        var outcome = await paid.RunAsync(answers.Actor, holdId, null, ct);
        return outcome == HoldOutcome.Done ? await NextAsync(texts["desk.paid-done"], ct) : await answers.DeskAsync(Lost, ct);
    }

    public async Task<IResult> SkipAsync(Guid holdId, IFormCollection form, CancellationToken ct)
    {
        var reason = SkipReasons.All.Contains(form["skip-reason"].ToString()) ? form["skip-reason"].ToString() : SkipReasons.All[^1];
        var outcome = await skip.RunAsync(answers.Actor, new SkipCallInput(holdId, reason), ct);
        return outcome == HoldOutcome.Done ? await NextAsync(texts["desk.skip-done"], ct) : await answers.DeskAsync(Lost, ct);
    }

    public async Task<IResult> StateAsync(Guid holdId, IFormCollection form, CancellationToken ct)
    {
        await save.RunAsync(answers.Actor, holdId, DraftForm.Read(form), ct);
        if (await CardAsync(holdId, ct) is not { AttemptId: { } attempt })
            return await answers.DeskAsync(Lost, ct);
        if (Enum.TryParse<CallState>(form["state"], out var said))
            await mark.RunAsync(answers.Actor, new MarkCallStateInput(attempt, said), ct);
        return await answers.DeskAsync(null, ct);
    }

    /// <summary>Asks the line; 204 while nothing has changed.</summary>
    /// <param name="seen">What the page shows of the call: an event may have told more since.</param>
    public async Task<IResult> RefreshAsync(Guid holdId, IFormCollection form, string? seen, CancellationToken ct)
    {
        if (await CardAsync(holdId, ct) is not { AttemptId: { } attempt } card)
            return await answers.DeskAsync(Lost, ct);
        var standing = await refresh.RunAsync(answers.Actor, attempt, ct);
        if (!standing.Changed && seen == CardModel.SeenOf(card))
            return Results.NoContent();
        await save.RunAsync(answers.Actor, holdId, DraftForm.Read(form), ct);
        return await answers.DeskAsync(null, ct);
    }

    public async Task<IResult> LaterAsync(Guid holdId, IFormCollection form, CancellationToken ct)
    {
        await save.RunAsync(answers.Actor, holdId, DraftForm.Read(form), ct);
        if (await CardAsync(holdId, ct) is not { AttemptId: { } attempt } || await later.RunAsync(answers.Actor, attempt, ct) == HoldOutcome.HoldLost)
            return await answers.DeskAsync(Lost, ct);
        return await NextAsync(texts["desk.later-done"], ct);
    }

    public async Task<IResult> ResultAsync(Guid holdId, IFormCollection form, CancellationToken ct)
    {
        var draft = DraftForm.Read(form);
        await save.RunAsync(answers.Actor, holdId, draft, ct);
        if (await CardAsync(holdId, ct) is not { AttemptId: { } attempt } card)
            return await answers.DeskAsync(Lost, ct);
        try
        {
            var submission = Guid.TryParse(form["submission"], out var id) ? id : Ids.New(time);
            await record.RunAsync(answers.Actor, new RecordResultInput(attempt, submission, draft), ct);
        }
        catch (InvalidInputException refused)
        {
            return await answers.RefusedAsync(refused.Problems, ct);
        }
        var review = card.Practice ? await practice.ReviewAsync(answers.Actor, card.Shop, attempt, ct) : null;
        if (review is { Course: not null })
            return practice.ShowReview(card.Shop, attempt);
        return form["then"].ToString() is var then && then.StartsWith(PausePrefix, StringComparison.Ordinal)
            ? await PauseAsync(then[PausePrefix.Length..], ct)
            : await NextAsync(texts["desk.result-saved"], ct, practice.LinkOf(card.Shop, review));
    }

    private async Task<IResult> NextAsync(string done, CancellationToken ct, (string Url, string Text)? link = null)
    {
        await hold.RunAsync(answers.Actor, new HoldNextCallInput(), ct);
        return await answers.DeskAsync(new(StatusKind.Good, done, Link: link), ct);
    }

    private async Task<IResult> PauseAsync(string reason, CancellationToken ct)
    {
        await state.RunAsync(answers.Actor, new SetAgentStateInput(AgentState.Paused, PauseReasons.All.Contains(reason) ? reason : PauseReasons.All[^1]), ct);
        return await answers.DeskAsync(new(StatusKind.Good, texts["desk.result-saved"]), ct);
    }

    private async Task<DeskCard?> CardAsync(Guid holdId, CancellationToken ct) =>
        (await desk.RunAsync(answers.Actor, ct)).Card is { } card && card.HoldId == holdId ? card : null;

    private DeskNotice? NoticeOf(DialResult result) => result switch
    {
        DialResult.Dialing => null,
        DialResult.Blocked blocked => new(
            StatusKind.Warning,
            texts.Or($"enum.BlockReason.{blocked.Reason}", texts.Or($"gate.{blocked.Reason}", blocked.Reason)),
            blocked.Until is { } until ? texts["desk.blocked-until", fmt.When(until)] : texts["desk.nothing-spent"],
            OffersNext: !blocked.CardKept),
        DialResult.Busy => new(StatusKind.Warning, texts["desk.busy"], texts["desk.nothing-spent"], OffersNext: true),
        DialResult.ChecklistOpen => new(StatusKind.Warning, texts["desk.checklist-open"], texts["desk.nothing-spent"]),
        DialResult.NotPlaced => new(StatusKind.Warning, texts["desk.not-placed"], texts["desk.not-placed-text"], OffersNext: true),
        _ => Lost,
    };

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
