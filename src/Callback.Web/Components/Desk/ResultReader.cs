using Callback.Calls;
using Callback.CallScripts;
using Callback.Web.Localization;

namespace Callback.Web.Components.Desk;

/// <summary>A call's card in the hands of a manager: nothing is saved before the result is.</summary>
internal sealed class ResultReader(GetDesk desk, DeskReader reader)
{
    /// <param name="draft">What was typed; null: the latest result, or what the agent left.</param>
    /// <returns>Null: there is no such call for this actor, or it has no attempt.</returns>
    public async Task<CardModel?> FindAsync(
        Actor actor, Guid holdId, Language language, CancellationToken ct, CallDraft? draft = null, DateOnly? promiseDay = null, IReadOnlyList<Problem>? problems = null)
    {
        if (await desk.FindCardAsync(actor, holdId, ct) is not { AttemptId: not null } card)
            return null;
        var shown = card with { Phase = CardPhase.WrapUp, Draft = draft ?? card.Draft, DraftSavedAt = null };
        return await reader.CardOfAsync(shown, language, ct, promiseDay, problems) with { Acts = $"/log/results/{holdId}", MarksMissing = problems is not null };
    }
}
