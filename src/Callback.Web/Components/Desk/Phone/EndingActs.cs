using Callback.Calls;
using Callback.Calls.Running;
using Callback.Web.Components.Shared;
using Callback.Web.Localization;

namespace Callback.Web.Components.Desk.Phone;

/// <summary>Acts on a call after which the card looks different: the draft that came along is saved first, and the whole desk is the answer.</summary>
internal sealed class EndingActs(DeskAnswers answers, LineWords words, Texts texts, GetDesk desk, SaveDraft save, HangUp hangUp, TransferTo transfer, HoldNextCall next)
{
    /// <summary>Customer and agent's own phone alike.</summary>
    public Task<IResult> HangUpAsync(Guid holdId, IFormCollection form, CancellationToken ct) =>
        ActAsync(holdId, form, attempt => hangUp.RunAsync(answers.Actor, attempt, HangUpLeg.All, ct), null, ct);

    /// <summary>The supervisor has the call; its result waits aside, and the next card comes.</summary>
    public Task<IResult> CompleteTransferAsync(Guid holdId, IFormCollection form, CancellationToken ct) => ActAsync(
        holdId,
        form,
        async attempt =>
        {
            var result = await transfer.CompleteAsync(answers.Actor, attempt, ct);
            if (result is ActResult.Done)
                await next.RunAsync(answers.Actor, new HoldNextCallInput(), ct);
            return result;
        },
        new(StatusKind.Good, texts["phone.transferred"], texts["phone.transferred-text"]),
        ct);

    private async Task<IResult> ActAsync(Guid holdId, IFormCollection form, Func<Guid, Task<ActResult>> act, DeskNotice? done, CancellationToken ct)
    {
        // Without JavaScript the card does not come along; then there is no draft to save.
        if (form.ContainsKey("submission"))
            await save.RunAsync(answers.Actor, holdId, DraftForm.Read(form), ct);
        if ((await desk.RunAsync(answers.Actor, ct)).Card is not { AttemptId: { } attempt } card || card.HoldId != holdId)
            return await answers.DeskAsync(new(StatusKind.Warning, words.Of("call-not-on")), ct);
        try
        {
            return await answers.DeskAsync(await act(attempt) is ActResult.NotDone refused ? new(StatusKind.Warning, words.Of(refused.Code)) : done, ct);
        }
        catch (InvalidInputException refused)
        {
            return await answers.DeskAsync(new(StatusKind.Warning, words.Of(refused.Problems[0])), ct);
        }
    }
}
