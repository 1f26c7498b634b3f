using Callback.CallScripts;
using Callback.Database;
using Callback.Windows;

namespace Callback.Campaigns;

/// <summary>A campaign with all that its form needs.</summary>
/// <param name="Agents">The shop's agents, who may be chosen.</param>
/// <param name="Scripts">Call scripts of the purpose, each with its versions.</param>
/// <param name="Policy">The shop's policy, which the campaign may only narrow.</param>
/// <param name="Effective">What is in force for the campaign.</param>
/// <param name="Trail">What was changed, by whom; the newest first.</param>
public sealed record CampaignDetail(
    Campaign Campaign,
    bool Practice,
    IReadOnlyList<CampaignAgent> Agents,
    IReadOnlyList<ScriptChoice> Scripts,
    EffectivePolicy Policy,
    EffectivePolicy Effective,
    IReadOnlyList<CampaignTrailEntry> Trail);

public sealed record CampaignAgent(Guid UserId, string DisplayName, bool Disabled);

/// <param name="Action">campaign.created, campaign.changed, campaign.started …</param>
/// <param name="Details">JSON.</param>
public sealed record CampaignTrailEntry(DateTimeOffset At, string ActorName, string Action, string Details);

/// <summary>Reads a campaign for those who see the queue.</summary>
public sealed class GetCampaign(Db db, PolicyBook policies, ScriptFinder scripts)
{
    /// <returns>Null: the shop has no such campaign.</returns>
    public async Task<CampaignDetail?> RunAsync(Actor actor, ShopId shop, Guid campaignId, CancellationToken ct)
    {
        actor.Demand(Permission.ViewQueue, shop);
        await using var session = await db.BeginAsync(shop, ct);
        if (await CampaignQueries.FindAsync(session, shop, campaignId, ct) is not { } campaign)
            return null;
        var of = await CampaignShop.DemandAsync(session, shop, ct);
        var agents = await session.QueryAsync<CampaignAgent>(
            """
            select u.user_id, u.display_name, u.disabled_at is not null as disabled
            from memberships m
            join users u on u.user_id = m.user_id
            where m.shop_id = @shop and m.role = 'Agent'
            order by u.display_name, u.user_id
            """,
            new { shop },
            ct);
        var trail = await session.QueryAsync<CampaignTrailEntry>(
            """
            select at, actor_name, action, details::text as details
            from audit
            where shop_id = @shop and subject = @subject
            order by at desc, seq desc
            limit 50
            """,
            new { shop, subject = $"campaign:{campaign.Code}" },
            ct);
        return new(
            campaign,
            of.Practice,
            agents,
            await scripts.ChoicesAsync(session, shop, campaign.Purpose, ct),
            policies.Effective(of.Policy),
            policies.Effective(of.Policy, campaign.Settings.Windows),
            trail);
    }
}
