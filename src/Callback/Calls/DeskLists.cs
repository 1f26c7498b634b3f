using Callback.Database;
using Callback.Planning;

namespace Callback.Calls;

/// <summary>What stands beside the card: results that wait, and the agent's day in figures.</summary>
internal static class DeskLists
{
    public static Task<IReadOnlyList<WaitingWrapUp>> WrapUpsAsync(
        Session session, Actor actor, IReadOnlyList<ShopId> shops, Guid agent, CancellationToken ct) => session.QueryAsync<WaitingWrapUp>(
        """
        select
            a.shop_id as shop, a.attempt_id, a.hold_id, a.wrap_up, a.gated_at, a.phone_last4,
            (select max(o.buyer_name)
             from attempt_rights r
             join orders o on o.shop_id = r.shop_id and o.order_no = r.order_no
             where r.shop_id = a.shop_id and r.attempt_id = a.attempt_id) as buyer_name,
            a.agent_id, u.display_name as agent_name, a.agent_id = @agent as mine
        from attempts a
        join users u on u.user_id = a.agent_id
        where a.shop_id = any(@shops)
            and (a.wrap_up in ('Later', 'Abandoned') and a.agent_id = @agent or a.wrap_up = 'Abandoned' and a.shop_id = any(@managed))
        order by a.gated_at, a.attempt_id
        """,
        new { shops = Values(shops), managed = Values(actor.ShopsWhere(Permission.CorrectResult)), agent },
        ct);

    public static Task<DeskDay> DayAsync(Session session, IReadOnlyList<ShopId> shops, Guid agent, ShopDay day, CancellationToken ct) =>
        session.QuerySingleAsync<DeskDay>(
            """
            with counted as (
                select s.shop_id
                from shops s
                where s.shop_id = any(@shops)
                    and (not s.practice or not exists (select from shops other where other.shop_id = any(@shops) and not other.practice))
            )
            select
                (select count(*)::integer
                 from attempts
                 where shop_id in (select shop_id from counted) and agent_id = @agent and gated_at >= @StartsAt and state <> 'NotPlaced') as calls,
                (select count(*)::integer
                 from follow_ups
                 where shop_id in (select shop_id from counted) and agent_id = @agent and at >= @StartsAt and reached) as reached,
                (select count(*)::integer
                 from skips
                 where shop_id in (select shop_id from counted) and agent_id = @agent and at >= @StartsAt) as skips,
                (select count(*)::integer
                 from follow_ups
                 where shop_id in (select shop_id from counted) and agent_id = @agent and at >= @StartsAt) as results
            """,
            new { shops = Values(shops), agent, day.StartsAt },
            ct);

    private static string[] Values(IEnumerable<ShopId> shops) => [.. shops.Select(shop => shop.Value)];
}
