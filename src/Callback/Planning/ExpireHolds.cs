using Callback.Database;

namespace Callback.Planning;

/// <summary>Gives cards back that nobody decided about in time, closes further calls whose time has passed, and wakes agents where something came free.</summary>
public sealed class ExpireHolds(Db db) : IPass
{
    public string Name => "expire-holds";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    async Task<object> IPass.RunOnceAsync(DateTimeOffset now, CancellationToken ct) => await RunOnceAsync(now, ct);

    public async Task<ExpireCounts> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var shops = await session.QueryAsync<ShopId>(
            """
            with over as (
                select shop_id, queued_call_id
                from queued_calls
                where hold_id is not null and held_until <= @now
                for update skip locked
            )
            update queued_calls q
            set hold_id = null, held_by = null, held_at = null, held_until = null, fence = q.fence + 1
            from over
            where q.shop_id = over.shop_id and q.queued_call_id = over.queued_call_id
            returning q.shop_id
            """,
            new { now },
            ct);
        foreach (var shop in shops.Distinct())
            await QueueWriter.NotifyAsync(session, shop, ct);
        var grants = await CloseGrantsAsync(session, now, ct);
        await session.CommitAsync();
        return new(shops.Count, grants);
    }

    // A promise that was missed is owed to the customer: it becomes a task of the agent who made it.
    private static Task<int> CloseGrantsAsync(Session session, DateTimeOffset now, CancellationToken ct) => session.QuerySingleAsync<int>(
        """
        with over as (
            select g.shop_id, g.purpose, g.order_no, g.grant_no
            from call_grants g
            where g.closed_at is null
                and g.expires_at <= @now
                and not exists (
                    select
                    from attempt_rights r
                    where r.shop_id = g.shop_id and r.purpose = g.purpose and r.order_no = g.order_no and r.grant_no = g.grant_no)
            order by g.shop_id, g.expires_at
            limit 1000
            for update skip locked
        ), closed as (
            update call_grants g
            set closed_at = @now, close_reason = 'Expired'
            from over
            where g.shop_id = over.shop_id and g.purpose = over.purpose and g.order_no = over.order_no and g.grant_no = over.grant_no
            returning g.shop_id, g.order_no, g.kind, g.parent_attempt_id, g.created_by, g.expires_at
        ), tasks as (
            insert into follow_up_tasks (shop_id, task_id, attempt_id, order_no, kind, note, state, due_at, owner_id, created_by, created_at)
            select c.shop_id, gen_random_uuid(), c.parent_attempt_id, c.order_no, 'MissedCallBack', '', 'Open', @now, a.agent_id, coalesce(c.created_by, a.agent_id), @now
            from closed c
            join attempts a on a.shop_id = c.shop_id and a.attempt_id = c.parent_attempt_id
            where c.kind in ('Promised', 'Repair')
        )
        select count(*)::integer
        from closed
        """,
        new { now },
        ct);
}

/// <param name="Holds">Cards given back.</param>
/// <param name="Grants">Further calls closed without having been made.</param>
public sealed record ExpireCounts(int Holds, int Grants);
