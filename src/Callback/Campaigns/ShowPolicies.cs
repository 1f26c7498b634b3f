using Callback.Database;
using Callback.Windows;

namespace Callback.Campaigns;

/// <summary>The rules of one campaign as they come out of all layers.</summary>
public sealed record CampaignRules(Campaign Campaign, EffectivePolicy Rules, IReadOnlyList<Problem> Widenings);

/// <summary>What is in force in a shop, and every preset there is.</summary>
/// <param name="PolicyName">What the shop names as its policy.</param>
/// <param name="Preset">Null: there is no such preset, and nobody is called.</param>
/// <param name="Rules">The shop's rules; null with <paramref name="Preset"/>.</param>
/// <param name="State">Of the windows now, for a customer in the shop's own zone.</param>
/// <param name="Campaigns">Those that are not ended.</param>
public sealed record PoliciesView(
    string PolicyName,
    PolicyPreset? Preset,
    EffectivePolicy? Rules,
    WindowState? State,
    IReadOnlyList<CampaignRules> Campaigns,
    IReadOnlyList<PolicyPreset> Presets);

/// <summary>Reads the calling rules of a shop: for looking only, rules are files.</summary>
public sealed class ShowPolicies(Db db, PolicyBook policies, TimeProvider time)
{
    /// <exception cref="ShopUnknownException">No such shop.</exception>
    public async Task<PoliciesView> RunAsync(Actor actor, ShopId shop, CancellationToken ct)
    {
        actor.Demand(Permission.ViewQueue, shop);
        await using var session = await db.BeginAsync(shop, ct);
        var row = await session.QuerySingleOrDefaultAsync<ShopRow>("select policy, zone from shops where shop_id = @shop", new { shop }, ct)
            ?? throw new ShopUnknownException(shop);
        if (policies.Find(row.Policy) is not { } preset)
            return new(row.Policy, null, null, null, [], policies.Presets);
        var rules = policies.Effective(row.Policy);
        var campaigns = (await CampaignQueries.ListAsync(session, shop, ct)).Where(campaign => campaign.Status != CampaignStatus.Ended);
        return new(
            row.Policy,
            preset,
            rules,
            WindowPolicy.At(rules, new ZoneKey(row.Zone), time.GetUtcNow()),
            [.. campaigns.Select(campaign => Of(campaign, row.Policy, rules))],
            policies.Presets);
    }

    private CampaignRules Of(Campaign campaign, string policy, EffectivePolicy rules) =>
        new(campaign, policies.Effective(policy, campaign.Settings.Windows), campaign.Settings.Windows?.Validate(rules) ?? []);

    private sealed record ShopRow(string Policy, string Zone);
}
