using Callback.Database;

namespace Callback.Planning;

/// <summary>
/// Looks at queued calls again, those first that were not looked at for longest: orders that were paid, people who were suppressed leave before an agent sees
/// them. A bounded number a pass, because hold and gate ask the policy again anyway.
/// </summary>
internal static class QueueRecheck
{
    public static readonly TimeSpan After = TimeSpan.FromMinutes(3);

    private const int Most = 2_000;

    public static async Task<StepResult> RunAsync(Session session, ShopWork work, FactsReader reader, PlanOrders plan, CancellationToken ct)
    {
        var counts = PlanCounts.None;
        var lines = await TakeAsync(session, work, ct);
        foreach (var purpose in lines.GroupBy(line => line.Purpose))
        {
            var campaigns = work.Campaigns.Where(campaign => campaign.Campaign.Purpose == purpose.Key).ToList();
            var facts = (await reader.ReadAsync(session, campaigns[0], [.. purpose.Select(line => line.OrderNo)], work.Now, ct)).ToDictionary(fact => fact.OrderNo);
            var changed = purpose.Where(line => !Stands(facts[line.OrderNo] with { Campaign = campaigns.Single(c => c.Campaign.CampaignId == line.CampaignId) }, line, work.Now));
            counts += await plan.RunAsync(session, campaigns, [.. changed.Select(line => new OrderToPlan(line.OrderNo, line.CampaignId))], work.Now, ct);
        }
        return new(counts, lines.Count, More: false);
    }

    private static bool Stands(CallFacts facts, RecheckedLine line, DateTimeOffset now) =>
        LookAheadPolicy.Judge(facts, now).Plan is { } plan && plan.GrantNo == line.GrantNo;

    private static Task<IReadOnlyList<RecheckedLine>> TakeAsync(Session session, ShopWork work, CancellationToken ct) =>
        session.QueryAsync<RecheckedLine>(
            """
            with oldest as (
                select queued_call_id
                from queued_calls
                where shop_id = @Shop and hold_id is null and planned_at < @before
                order by planned_at, queued_call_id
                limit @Most
                for update skip locked
            ), looked as (
                update queued_calls q
                set planned_at = @Now
                from oldest
                where q.shop_id = @Shop and q.queued_call_id = oldest.queued_call_id
                returning q.queued_call_id, q.campaign_id
            )
            select l.purpose, l.order_no, l.grant_no, looked.campaign_id
            from looked
            join queued_call_orders l on l.shop_id = @Shop and l.queued_call_id = looked.queued_call_id
            """,
            new { work.Shop, work.Now, before = work.Now - After, Most },
            ct);

    private sealed record RecheckedLine(Purpose Purpose, OrderNo OrderNo, short GrantNo, Guid CampaignId);
}
