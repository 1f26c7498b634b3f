using Callback.Database;

namespace Callback.Calls;

/// <summary>A course's calls in a practice shop are kept for the agent they were made for: that agent gets them first, nobody else ever does.</summary>
internal static class KeptCalls
{
    /// <summary>A part of the claim's statement, for a wish <c>w</c> in a practice shop: the one call that is meant, and none that is kept for somebody else.</summary>
    public const string NotForOthers = """
        (w.kept is null or q.queued_call_id = w.kept)
            and not exists (
                select
                from queued_call_orders o
                join practice_calls p on p.shop_id = o.shop_id and p.order_no = o.order_no
                where o.shop_id = q.shop_id and o.queued_call_id = q.queued_call_id and p.agent_id <> w.practising)
        """;

    /// <returns>The agent's own next call among the open lanes of practice shops; null: there is none.</returns>
    public static async Task<(Lane Lane, Guid QueuedCallId)?> NextAsync(
        Session session, IReadOnlyList<Lane> lanes, Guid agent, DateTimeOffset now, CancellationToken ct)
    {
        var practice = lanes.Where(lane => lane.IsOpen && lane.Campaign.Practice).ToList();
        if (practice.Count == 0)
            return null;
        var waiting = await session.QueryAsync<(Guid QueuedCallId, Guid CampaignId, string ZoneKey)>(
            """
            select q.queued_call_id, q.campaign_id, q.zone_key
            from practice_calls p
            join queued_call_orders o on o.shop_id = p.shop_id and o.order_no = p.order_no
            join queued_calls q on q.shop_id = o.shop_id and q.queued_call_id = o.queued_call_id
            where p.shop_id = any(@shops) and p.agent_id = @agent and q.hold_id is null and q.due_at <= @now and q.fresh_until > @now
            order by p.made_at desc, q.queued_call_id
            """,
            new { shops = practice.Select(lane => lane.Campaign.Campaign.Shop.Value).Distinct().ToArray(), agent, now },
            ct);
        return waiting
            .Select(call => (Lane: practice.Find(lane => lane.Campaign.Campaign.CampaignId == call.CampaignId && lane.Zone.Value == call.ZoneKey), call.QueuedCallId))
            .Where(call => call.Lane is not null)
            .Select(call => ((Lane, Guid)?)(call.Lane!, call.QueuedCallId))
            .FirstOrDefault();
    }
}
