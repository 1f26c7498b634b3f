using Callback.Calls;
using Callback.Calls.Bridges;
using Callback.Web.Components.Desk.Phone;
using Callback.Web.Components.Shared;
using Callback.Web.Localization;

namespace Callback.Web.Components.Desk;

/// <summary>What an agent does without a card in hand: ready, next, pause, away, back to a call that waits for its result.</summary>
internal sealed class DeskActs(
    DeskAnswers answers, HoldNextCall hold, SetAgentState state, OpenWrapUp open, CurrentShop shops, GetBridge phone, OpenBridge connect, CloseBridge hangUp, LineWords words, Texts texts)
{
    public Task<IResult> ShowAsync(string? seen, CancellationToken ct) => answers.ChangedDeskAsync(seen, ct);

    public async Task<IResult> ReadyAsync(IFormCollection form, CancellationToken ct)
    {
        var campaigns = form["campaign"].Select(CampaignOf).OfType<CampaignKey>().ToList();
        if (campaigns.Count == 0)
            return await answers.DeskAsync(new(StatusKind.Warning, texts["desk.choose-one"]), ct);
        await hold.RunAsync(answers.Actor, new HoldNextCallInput(campaigns), ct);
        return await answers.DeskAsync(await ConnectAsync(campaigns, ct), ct);
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
        if (form["phone"] != "keep" && (await phone.RunAsync(answers.Actor, ct)).Bridge is not null and not { State: BridgeState.Gone })
            await hangUp.RunAsync(answers.Actor, ct);
        return await answers.DeskAsync(null, ct);
    }

    public async Task<IResult> OpenAsync(Guid attempt, IFormCollection form, CancellationToken ct)
    {
        var outcome = await open.RunAsync(answers.Actor, attempt, ct);
        return await answers.DeskAsync(outcome == HoldOutcome.Done ? null : new(StatusKind.Warning, texts["desk.wrap-up-gone"]), ct);
    }

    /// <summary>Who goes ready for real customers is called by a phone that is kept connected, and need not ask for it.</summary>
    private async Task<DeskNotice?> ConnectAsync(IReadOnlyList<CampaignKey> campaigns, CancellationToken ct)
    {
        if (!shops.All.Any(shop => !shop.Practice && campaigns.Any(campaign => campaign.Shop == shop.ShopId)))
            return null;
        if (await phone.RunAsync(answers.Actor, ct) is not { Needed: true, Leg.KeepOpen: true, Bridge: null or { State: BridgeState.Gone } })
            return null;
        return await connect.RunAsync(answers.Actor, ct) is OpenedBridge.Refused refused ? new(StatusKind.Warning, words.Of(refused.Code)) : null;
    }

    private static CampaignKey? CampaignOf(string? text) =>
        text?.Split('/') is [var shop, var campaign] && ShopId.TryParse(shop, out var known) && Guid.TryParse(campaign, out var id) ? new CampaignKey(known, id) : null;
}
