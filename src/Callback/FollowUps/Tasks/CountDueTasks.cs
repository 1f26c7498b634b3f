using Callback.Database;

namespace Callback.FollowUps.Tasks;

/// <param name="Soon">Told to be due, or overdue; 100 stands for more.</param>
/// <param name="Overdue">Of them, those whose time is past.</param>
/// <param name="Waiting">For a manager: grants that wait for a yes.</param>
public sealed record DueCount(int Soon, int Overdue, int Waiting);

/// <summary>What presses, for the navigation: of all shops of the actor, and only what the actor sees.</summary>
public sealed class CountDueTasks(Db db, TimeProvider time)
{
    private const string Count = """
        select
            (select count(*)::integer from pressing) as soon,
            (select count(*)::integer from pressing where due_at < @now) as overdue,
            (select count(*)::integer
             from (
                select
                from unnest(@shops, @selves) as s (shop_id, self)
                join follow_up_tasks t on t.shop_id = s.shop_id and t.state = 'Waiting'
                where s.self is null
                limit 100) waiting) as waiting
        """;

    private const string Pressing = """
        with pressing as (
            select t.due_at
            from unnest(@shops, @selves) as s (shop_id, self)
            cross join lateral (
                select t.due_at
                from follow_up_tasks t
                where t.shop_id = s.shop_id and t.state = 'Open' and t.closed_at is null and t.due_at <= @soon and (s.self is null or t.owner_id = s.self or t.owner_id is null)
                order by t.due_at
                limit 100) t
            limit 100
        )
        """;

    public async Task<DueCount> RunAsync(Actor actor, CancellationToken ct)
    {
        var shops = actor.ShopsWhere(Permission.ViewTasks);
        if (shops.Count == 0)
            throw new NotPermittedException(Permission.ViewTasks);
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(ShopScope.Of(shops), ct);
        return await session.QuerySingleAsync<DueCount>(
            $"{Pressing}\n{Count}",
            new { shops = shops.Select(shop => shop.Value).ToArray(), selves = shops.Select(shop => TaskSight.SelfOf(actor, shop)).ToArray(), now, soon = now + MarkDueTasks.Ahead },
            ct);
    }
}
