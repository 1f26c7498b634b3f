using Callback.Campaigns;
using Callback.Database;
using Callback.Windows;

namespace Callback.Planning;

/// <summary>Reads what all orders of a campaign share: the campaign, its effective policy, its dates as moments, and its calls of today.</summary>
public sealed class CampaignFactsReader(PolicyBook policies)
{
    /// <returns>Null: the shop has no such campaign.</returns>
    public async Task<CampaignFacts?> FindAsync(Session session, ShopId shop, Guid campaignId, DateTimeOffset now, CancellationToken ct) =>
        await CampaignQueries.FindAsync(session, shop, campaignId, ct) is { } campaign
            ? (await ReadAsync(session, shop, [campaign], now, ct))[0]
            : null;

    /// <summary>All campaigns of the shop in the order in which they are offered an order, whatever their status.</summary>
    public async Task<IReadOnlyList<CampaignFacts>> ListAsync(Session session, ShopId shop, DateTimeOffset now, CancellationToken ct) =>
        await ReadAsync(session, shop, await CampaignQueries.ListAsync(session, shop, ct), now, ct);

    private async Task<IReadOnlyList<CampaignFacts>> ReadAsync(
        Session session, ShopId shop, IReadOnlyList<Campaign> campaigns, DateTimeOffset now, CancellationToken ct)
    {
        if (campaigns.Count == 0)
            return [];
        var (zone, preset, practice, course) = await session.QuerySingleAsync<(string, string, bool, string?)>(
            "select zone, policy, practice, required_course from shops where shop_id = @shop", new { shop }, ct);
        var days = ShopDayPolicy.Of(now, zone);
        var capped = campaigns.Where(campaign => campaign.Settings.DailyCap is not null).Select(campaign => campaign.CampaignId).ToArray();
        var calls = capped.Length == 0 ? [] : await CallsAsync(session, shop, capped, days, ct);
        return
        [
            .. campaigns.Select(campaign => new CampaignFacts(
                campaign,
                policies.Effective(preset, campaign.Settings.Windows),
                zone,
                campaign.Settings.StartsOn is { } first ? ShopDayPolicy.Begins(first, zone) : null,
                campaign.Settings.EndsOn is { } last ? ShopDayPolicy.Begins(last.AddDays(1), zone) : null,
                days.StartsAt,
                days.EndsAt,
                calls.GetValueOrDefault(campaign.CampaignId),
                practice,
                course)),
        ];
    }

    private static async Task<Dictionary<Guid, int>> CallsAsync(Session session, ShopId shop, Guid[] campaigns, ShopDay day, CancellationToken ct) =>
        (await session.QueryAsync<(Guid Campaign, int Calls)>(
            """
            select a.campaign_id, count(*)::integer
            from attempts a
            where a.shop_id = @shop
                and a.campaign_id = any(@campaigns)
                and a.gated_at >= @StartsAt
                and a.gated_at < @EndsAt
                and a.state <> 'NotPlaced'
            group by a.campaign_id
            """,
            new { shop, campaigns, day.StartsAt, day.EndsAt },
            ct)).ToDictionary(row => row.Campaign, row => row.Calls);
}

/// <summary>One day of a shop, as moments: from <paramref name="StartsAt"/>, up to but without <paramref name="EndsAt"/>.</summary>
public readonly record struct ShopDay(DateTimeOffset StartsAt, DateTimeOffset EndsAt);

/// <summary>Where a shop's days begin.</summary>
public static class ShopDayPolicy
{
    public static ShopDay Of(DateTimeOffset now, string zone)
    {
        var today = DateOnly.FromDateTime(LocalTimePolicy.ToLocal(now, TimeZoneInfo.FindSystemTimeZoneById(zone)));
        return new(Begins(today, zone), Begins(today.AddDays(1), zone));
    }

    public static DateTimeOffset Begins(DateOnly day, string zone) => LocalTimePolicy.ToInstant(day.ToDateTime(TimeOnly.MinValue), zone);
}
