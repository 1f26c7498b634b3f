using Callback.Database;

namespace Callback.Planning;

/// <summary>
/// Offers the planner the orders that a campaign may want and that are no candidates any more, or never were: after its start and after a change of its limits.
/// Goes through the orders by age, a batch at a time, and remembers in <c>campaigns.refill_from</c> how far it came.
/// </summary>
internal static class CandidateRefill
{
    /// <returns>How many orders were offered, and how many campaigns still have some.</returns>
    public static Task<(int Offered, int Campaigns)> RunAsync(Session session, ShopId shop, DateTimeOffset now, int batch, CancellationToken ct) =>
        session.QuerySingleAsync<(int, int)>(
            $"""
            with campaign as (
                select campaign_id, purpose, refill_from
                from campaigns
                where shop_id = @shop and status = 'Running' and refill_from is not null
                order by campaign_id
                limit 1
                for update
            ), offered as (
                {string.Join("\nunion all\n", Enum.GetValues<Purpose>().Select(Orders))}
            ), added as (
                insert into candidates (shop_id, purpose, order_no, due_at)
                select @shop, f.purpose, f.order_no, @now
                from offered f
                where not exists (
                        select
                        from queued_call_orders q
                        where q.shop_id = @shop and q.purpose = f.purpose and q.order_no = f.order_no)
                    and not exists (
                        select
                        from attempt_rights r
                        where r.shop_id = @shop and r.purpose = f.purpose and r.order_no = f.order_no and r.grant_no = 0)
                order by f.order_no
                on conflict (shop_id, purpose, order_no) do update
                set due_at = excluded.due_at, blocked_reason = null
                where candidates.due_at > excluded.due_at
            ), moved as (
                update campaigns c
                set refill_from = case when (select count(*) from offered) < @batch then null else (select max(age_from) from offered) + interval '1 microsecond' end
                from campaign
                where c.shop_id = @shop and c.campaign_id = campaign.campaign_id
                returning c.refill_from
            )
            select
                (select count(*) from offered)::integer + (select count(*) from campaign)::integer,
                (select count(*) from moved where refill_from is not null)::integer
                + (select count(*) from campaigns where shop_id = @shop and status = 'Running' and refill_from is not null
                    and campaign_id not in (select campaign_id from campaign))::integer
            """,
            new { shop, now, batch },
            ct);

    private static string Orders(Purpose purpose)
    {
        var age = PurposePolicy.AgeColumn(purpose);
        return $"""
            (select campaign.purpose, o.order_no, o.{age} as age_from
            from campaign
            join orders o on o.shop_id = @shop and o.status in {PurposePolicy.WantedSql(purpose)} and o.{age} >= campaign.refill_from
            where campaign.purpose = '{purpose}'
            order by o.{age}
            fetch first @batch rows with ties)
            """;
    }
}
