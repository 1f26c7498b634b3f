using Callback.Calls;
using Callback.Web.Components.Shared;
using Callback.Web.Localization;

namespace Callback.Web.Components.Desk;

/// <summary>What an agent does without a card in hand: ready, next, pause, away, back to a call that waits for its result.</summary>
internal sealed class DeskActs(DeskAnswers answers, HoldNextCall hold, SetAgentState state, OpenWrapUp open, Texts texts)
{
    public Task<IResult> ShowAsync(string? seen, CancellationToken ct) => answers.ChangedDeskAsync(seen, ct);

    public async Task<IResult> ReadyAsync(IFormCollection form, CancellationToken ct)
    {
        var campaigns = form["campaign"].Select(CampaignOf).OfType<CampaignKey>().ToList();
        if (campaigns.Count == 0)
            return await answers.DeskAsync(new(StatusKind.Warning, texts["desk.choose-one"]), ct);
        await hold.RunAsync(answers.Actor, new HoldNextCallInput(campaigns), ct);
        return await answers.DeskAsync(null, ct);
    }

    /// <param name="form">Only the token: what is next is chosen by the queue.</param>
    public async Task<IResult> NextAsync(IFormCollection form, CancellationToken ct)
    {
        await hold.RunAsync(answers.Actor, new HoldNextCallInput(), ct);
        return await answers.DeskAsync(null, ct);
    }

    public async Task<IResult> PauseAsync(string reason, CancellationToken ct)
    {
        var known = PauseReasons.All.Contains(reason) ? reason : PauseReasons.All[^1];
        await state.RunAsync(answers.Actor, new SetAgentStateInput(AgentState.Paused, known), ct);
        return await answers.DeskAsync(null, ct);
    }

    public async Task<IResult> AwayAsync(IFormCollection form, CancellationToken ct)
    {
        await state.RunAsync(answers.Actor, new SetAgentStateInput(AgentState.Away), ct);
        return await answers.DeskAsync(null, ct);
    }

    public async Task<IResult> OpenAsync(Guid attempt, IFormCollection form, CancellationToken ct)
    {
        var outcome = await open.RunAsync(answers.Actor, attempt, ct);
        return await answers.DeskAsync(outcome == HoldOutcome.Done ? null : new(StatusKind.Warning, texts["desk.wrap-up-gone"]), ct);
    }

    private static CampaignKey? CampaignOf(string? text) =>
        text?.Split('/') is [var shop, var campaign] && ShopId.TryParse(shop, out var known) && Guid.TryParse(campaign, out var id) ? new CampaignKey(known, id) : null;
}
