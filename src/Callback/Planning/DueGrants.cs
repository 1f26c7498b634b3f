using Callback.Database;

namespace Callback.Planning;

/// <summary>Puts further calls whose time has come into the queue, before all others, and closes grants that nothing can fulfil any more.</summary>
internal static class DueGrants
{
    private const int Most = 1_000;

    public static async Task<PlanCounts> RunAsync(Session session, ShopWork work, PlanOrders plan, CancellationToken ct)
    {
        var due = await session.QueryAsync<DueGrant>(
            """
            select g.purpose, g.order_no, a.campaign_id
            from call_grants g
            join attempts a on a.shop_id = g.shop_id and a.attempt_id = g.parent_attempt_id
            where g.shop_id = @Shop
                and g.closed_at is null
                and g.kind <> 'Adopted'
                and (g.kind <> 'Released' or g.approved_at is not null)
                and g.not_before <= @Now
                and g.expires_at > @Now
                and not exists (
                    select
                    from attempt_rights r
                    where r.shop_id = g.shop_id and r.purpose = g.purpose and r.order_no = g.order_no and r.grant_no = g.grant_no)
                and not exists (
                    select
                    from queued_call_orders q
                    where q.shop_id = g.shop_id and q.purpose = g.purpose and q.order_no = g.order_no)
            order by g.not_before, g.order_no
            limit @Most
            """,
            new { work.Shop, work.Now, Most },
            ct);
        var counts = PlanCounts.None;
        foreach (var purpose in due.GroupBy(grant => grant.Purpose))
            counts += await plan.RunAsync(
                session,
                [.. work.Campaigns.Where(campaign => campaign.Campaign.Purpose == purpose.Key)],
                [.. purpose.DistinctBy(grant => grant.OrderNo).Select(grant => new OrderToPlan(grant.OrderNo, grant.CampaignId))],
                work.Now,
                ct);
        return counts;
    }

    private sealed record DueGrant(Purpose Purpose, OrderNo OrderNo, Guid CampaignId);
}
