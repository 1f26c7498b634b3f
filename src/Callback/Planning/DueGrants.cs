using Callback.Database;

namespace Callback.Planning;

/// <summary>Puts further calls whose time has come into the queue, before all others, and closes grants that nothing can fulfil any more.</summary>
internal static class DueGrants
{
    private const int Most = 1_000;

    public static async Task<IReadOnlyList<ShopId>> ShopsAsync(Db db, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QueryAsync<ShopId>(
            """
            select distinct g.shop_id
            from call_grants g
            where g.closed_at is null
                and g.kind <> 'Adopted'
                and (g.kind <> 'Released' or g.approved_at is not null)
                and g.not_before <= @now
                and g.expires_at > @now
                and not exists (
                    select
                    from attempt_rights r
                    where r.shop_id = g.shop_id and r.purpose = g.purpose and r.order_no = g.order_no and r.grant_no = g.grant_no)
                and not exists (
                    select
                    from queued_call_orders q
                    where q.shop_id = g.shop_id and q.purpose = g.purpose and q.order_no = g.order_no)
            order by g.shop_id
            """,
            new { now },
            ct);
    }

    public static async Task<StepResult> RunAsync(Session session, ShopWork work, FactsReader reader, PlanOrders plan, CancellationToken ct)
    {
        var counts = PlanCounts.None;
        var due = await DueAsync(session, work, ct);
        foreach (var purpose in due.GroupBy(grant => grant.Purpose))
        {
            var campaigns = work.Campaigns.Where(campaign => campaign.Campaign.Purpose == purpose.Key).ToList();
            var open = await CloseHopelessAsync(session, work, campaigns[0], [.. purpose.DistinctBy(grant => grant.OrderNo)], reader, ct);
            counts += await plan.RunAsync(session, campaigns, [.. open.Select(grant => new OrderToPlan(grant.OrderNo, grant.CampaignId))], work.Now, ct);
        }
        return new(counts, due.Count, More: false);
    }

    /// <summary>A customer who paid in the meantime, or wants no calls any more, is owed none.</summary>
    /// <returns>The others.</returns>
    private static async Task<IReadOnlyList<DueGrant>> CloseHopelessAsync(
        Session session, ShopWork work, CampaignFacts campaign, IReadOnlyList<DueGrant> due, FactsReader reader, CancellationToken ct)
    {
        var facts = (await reader.ReadAsync(session, campaign, [.. due.Select(grant => grant.OrderNo)], work.Now, ct)).ToDictionary(fact => fact.OrderNo);
        var hopeless = due.Select(grant => (Grant: grant, Reason: EligibilityPolicy.ForGood(facts[grant.OrderNo]))).Where(grant => grant.Reason is not null).ToList();
        if (hopeless.Count > 0)
            await session.ExecuteAsync(
                """
                update call_grants g
                set closed_at = @Now, close_reason = h.reason
                from unnest(@orders, @reasons) as h (order_no, reason)
                where g.shop_id = @Shop and g.purpose = @purpose and g.order_no = h.order_no and g.closed_at is null
                """,
                new
                {
                    work.Now,
                    work.Shop,
                    purpose = campaign.Campaign.Purpose.ToString(),
                    orders = hopeless.Select(grant => grant.Grant.OrderNo.Value).ToArray(),
                    reasons = hopeless.Select(grant => grant.Reason.ToString()).ToArray(),
                },
                ct);
        return [.. due.Except(hopeless.Select(grant => grant.Grant))];
    }

    private static Task<IReadOnlyList<DueGrant>> DueAsync(Session session, ShopWork work, CancellationToken ct) =>
        session.QueryAsync<DueGrant>(
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

    private sealed record DueGrant(Purpose Purpose, OrderNo OrderNo, Guid CampaignId);
}
