using Callback.Calls.Bridges;
using Callback.Calls.LineUse;
using Callback.Campaigns;
using Callback.Database;
using Callback.Telephony;
using Callback.Telephony.Twilio;

namespace Callback.Web.Demo;

/// <summary>
/// The telephone of a demo. If a provider's line leads to this very machine, where only a simulated telephone network can be, the demo's campaigns use it; otherwise the
/// practice line plays the customers.
/// </summary>
internal sealed class DemoLine(
    Surroundings surroundings, Lines lines, IEnumerable<TwilioAccount> accounts, Db db, SaveLineSettings saveSettings, SaveAgentLeg saveLeg, EditCampaign editCampaign)
{
    /// <summary>Whose phones are connected: who calls, and who listens or takes over.</summary>
    private static readonly string[] WithPhones = ["agent", "manager"];

    /// <summary>Whether the demo's calls go to the simulated network. Never to a real one: invented numbers may belong to somebody one day.</summary>
    public bool Calls => surroundings.Demo && lines.Bridge is not null && accounts.All(account => account.BaseAddress.IsLoopback);

    /// <summary>The number customers see, and the phones of the people who call; only what is not set yet.</summary>
    /// <exception cref="RefusalException">The simulated network does not answer.</exception>
    public async Task SetUpAsync(Actor furnisher, ShopId shop, CancellationToken ct)
    {
        if (!Calls || await IsSetUpAsync(shop, ct))
            return;
        if ((await lines.Bridge!.CheckAsync(ct)).CallerIds is not [var own, ..])
            throw new RefusalException("The simulated telephone network of the demo does not answer: start with scripts/start --demo --line fake-twilio.");
        foreach (var (id, name) in await PeopleAsync(ct))
            await saveLeg.RunAsync(furnisher, new(id, LegKind.Sip, $"{name}@phones.invalid", KeepOpen: true), ct);
        await saveSettings.RunAsync(furnisher, new(shop, own.Number, CallRecording.WithNotice, MachineDetection: true), ct);
    }

    /// <summary>The campaign as it calls over this line.</summary>
    public async Task<Campaign> UseAsync(Actor furnisher, Campaign campaign, CancellationToken ct) =>
        Calls && await editCampaign.RunAsync(
            furnisher, new(campaign.Shop, campaign.CampaignId, campaign.Version, campaign.Settings with { Line = lines.Bridge!.Name }), ct) is EditCampaignResult.Saved(var changed)
            ? changed
            : campaign;

    private async Task<bool> IsSetUpAsync(ShopId shop, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(shop, ct);
        return await session.QuerySingleAsync<bool>("select exists (select from line_settings where shop_id = @shop and line = @line)", new { shop, line = lines.Bridge!.Name }, ct);
    }

    private async Task<IReadOnlyList<(Guid Id, string Name)>> PeopleAsync(CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QueryAsync<(Guid, string)>("select user_id, name from users where name = any(@WithPhones) order by name", new { WithPhones }, ct);
    }
}
