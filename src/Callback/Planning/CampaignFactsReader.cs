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
            ? (await ReadAsync(session, [campaign], now, ct))[0]
            : null;

    /// <summary>All campaigns of the shop in the order in which they are offered an order, whatever their status.</summary>
    public async Task<IReadOnlyList<CampaignFacts>> ListAsync(Session session, ShopId shop, DateTimeOffset now, CancellationToken ct) =>
        await ReadAsync(session, await CampaignQueries.ListAsync(session, shop, ct), now, ct);

    /// <summary>The same of several shops.</summary>
    internal async Task<IReadOnlyList<CampaignFacts>> ListAsync(Session session, IReadOnlyCollection<ShopId> shops, DateTimeOffset now, CancellationToken ct) =>
        await ReadAsync(session, await CampaignQueries.ListAsync(session, shops, ct), now, ct);

    private async Task<IReadOnlyList<CampaignFacts>> ReadAsync(Session session, IReadOnlyList<Campaign> campaigns, DateTimeOffset now, CancellationToken ct)
    {
        if (campaigns.Count == 0)
            return [];
        var shops = (await session.QueryAsync<ShopRow>(
            "select shop_id as shop, zone, policy, practice, required_course from shops where shop_id = any(@shops)",
            new { shops = campaigns.Select(campaign => campaign.Shop.Value).Distinct().ToArray() },
            ct)).ToDictionary(row => row.Shop, row => (Row: row, Day: ShopDayPolicy.Of(now, row.Zone)));
        var capped = campaigns.Where(campaign => campaign.Settings.DailyCap is not null).ToList();
        var calls = capped.Count == 0 ? [] : await CallsAsync(session, [.. capped.Select(campaign => (campaign, shops[campaign.Shop].Day))], ct);
        return [.. campaigns.Select(campaign => Of(campaign, shops[campaign.Shop].Row, shops[campaign.Shop].Day, calls.GetValueOrDefault((campaign.Shop, campaign.CampaignId))))];
    }

    private CampaignFacts Of(Campaign campaign, ShopRow shop, ShopDay day, int callsToday) => new(
        campaign,
        policies.Effective(shop.Policy, campaign.Settings.Windows),
        shop.Zone,
        campaign.Settings.StartsOn is { } first ? ShopDayPolicy.Begins(first, shop.Zone) : null,
        campaign.Settings.EndsOn is { } last ? ShopDayPolicy.Begins(last.AddDays(1), shop.Zone) : null,
        day.StartsAt,
        day.EndsAt,
        callsToday,
        shop.Practice,
        shop.RequiredCourse);

    private static async Task<Dictionary<(ShopId, Guid), int>> CallsAsync(Session session, IReadOnlyList<(Campaign Campaign, ShopDay Day)> capped, CancellationToken ct) =>
        (await session.QueryAsync<(ShopId Shop, Guid Campaign, int Calls)>(
            """
            select c.shop_id, c.campaign_id, (
                select count(*)::integer
                from attempts a
                where a.shop_id = c.shop_id
                    and a.campaign_id = c.campaign_id
                    and a.gated_at >= c.starts_at
                    and a.gated_at < c.ends_at
                    and a.state <> 'NotPlaced')
            from unnest(@shops, @campaigns, @starts, @ends) as c (shop_id, campaign_id, starts_at, ends_at)
            """,
            new
            {
                shops = capped.Select(one => one.Campaign.Shop.Value).ToArray(),
                campaigns = capped.Select(one => one.Campaign.CampaignId).ToArray(),
                starts = capped.Select(one => one.Day.StartsAt.UtcDateTime).ToArray(),
                ends = capped.Select(one => one.Day.EndsAt.UtcDateTime).ToArray(),
            },
            ct)).ToDictionary(row => (row.Shop, row.Campaign), row => row.Calls);

    private sealed record ShopRow(ShopId Shop, string Zone, string Policy, bool Practice, string? RequiredCourse);
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
