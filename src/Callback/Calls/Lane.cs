using Callback.Database;
using Callback.Planning;
using Callback.Windows;

namespace Callback.Calls;

/// <summary>The waiting calls of one campaign in the same zones: they are open or closed together, so a window is asked once for all of them.</summary>
/// <param name="HeadPriority">Of its first call; a hint for the order of the lanes.</param>
/// <param name="State">Of the campaign's windows now.</param>
/// <param name="PromisedOnly">Closed, but the head was promised and the legal hours are open.</param>
internal sealed record Lane(CampaignFacts Campaign, ZoneKey Zone, double HeadPriority, WindowState State, bool PromisedOnly)
{
    public bool IsOpen => State is WindowState.Open;

    public CampaignKey Key => new(Campaign.Campaign.Shop, Campaign.Campaign.CampaignId);

    /// <summary>The lanes of these campaigns, the one with the most urgent head first. Reads one index entry a lane, however long the queue is.</summary>
    public static async Task<IReadOnlyList<Lane>> ReadAsync(Session session, IReadOnlyList<CampaignFacts> campaigns, DateTimeOffset now, CancellationToken ct) =>
        campaigns.Count == 0 ? [] : Of(await session.QueryAsync<LaneHead>(Sql, LaneArgs.Of(campaigns), ct), campaigns, now);

    /// <param name="heads">From <see cref="Sql"/>.</param>
    /// <param name="campaigns">That were asked for.</param>
    /// <param name="now">For the windows.</param>
    public static IReadOnlyList<Lane> Of(IEnumerable<LaneHead> heads, IEnumerable<CampaignFacts> campaigns, DateTimeOffset now)
    {
        var byKey = campaigns.ToDictionary(facts => new CampaignKey(facts.Campaign.Shop, facts.Campaign.CampaignId));
        return [.. heads.Select(head => Of(byKey[new(head.ShopId, head.CampaignId)], head, now)).OrderByDescending(lane => lane.HeadPriority)];
    }

    /// <summary>The heads of the lanes; its parameters are <see cref="LaneArgs"/>.</summary>
    public const string Sql = """
        with recursive heads as (
            select first.*
            from unnest(@laneShops, @laneCampaigns) as c (shop_id, campaign_id)
            cross join lateral (
                select q.shop_id, q.campaign_id, q.zone_key, q.priority, q.kind
                from queued_calls q
                where q.shop_id = c.shop_id and q.campaign_id = c.campaign_id and q.hold_id is null
                order by q.zone_key, q.priority desc, q.due_at, q.queued_call_id
                limit 1) first
            union all
            select next.*
            from heads h
            cross join lateral (
                select q.shop_id, q.campaign_id, q.zone_key, q.priority, q.kind
                from queued_calls q
                where q.shop_id = h.shop_id and q.campaign_id = h.campaign_id and q.hold_id is null and q.zone_key > h.zone_key
                order by q.zone_key, q.priority desc, q.due_at, q.queued_call_id
                limit 1) next
        )
        select shop_id, campaign_id, zone_key, priority, kind
        from heads
        """;

    /// <summary>When there is nothing to take: the next opening among what waits and, for campaigns where nothing does, in the shop's own zone.</summary>
    /// <returns>Null: a window is open now, or none will open.</returns>
    public static DateTimeOffset? NextOpening(IReadOnlyList<CampaignFacts> campaigns, IReadOnlyList<Lane> lanes, DateTimeOffset now)
    {
        var waiting = lanes.Select(lane => lane.Key).ToHashSet();
        var states = lanes.Select(lane => lane.State).Concat(campaigns
            .Where(facts => !waiting.Contains(new(facts.Campaign.Shop, facts.Campaign.CampaignId)))
            .Select(facts => WindowPolicy.At(facts.Policy, new ZoneKey(facts.ShopZone), now))).ToList();
        return states.Any(state => state is WindowState.Open) ? null : states.Min(state => (state as WindowState.Closed)?.OpensAt);
    }

    private static Lane Of(CampaignFacts campaign, LaneHead head, DateTimeOffset now)
    {
        var zone = new ZoneKey(head.ZoneKey);
        var state = WindowPolicy.At(campaign.Policy, zone, now);
        var promised = head.Kind == CallKind.Promised && state is WindowState.Closed && WindowPolicy.AtPromised(campaign.Policy, zone, now) is WindowState.Open;
        return new(campaign, zone, head.Priority, state, promised);
    }
}

internal sealed record LaneHead(ShopId ShopId, Guid CampaignId, string ZoneKey, double Priority, CallKind Kind);

internal sealed record LaneArgs(string[] LaneShops, Guid[] LaneCampaigns)
{
    public static LaneArgs Of(IReadOnlyList<CampaignFacts> campaigns) =>
        new([.. campaigns.Select(facts => facts.Campaign.Shop.Value)], [.. campaigns.Select(facts => facts.Campaign.CampaignId)]);
}
