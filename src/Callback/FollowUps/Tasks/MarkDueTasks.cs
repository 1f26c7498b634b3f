using Callback.Database;

namespace Callback.FollowUps.Tasks;

/// <summary>
/// A quarter of an hour before a task is due it is told once: it stands on top of the Tasks screen, counts in the navigation and leaves an event in the outbox.
/// (A promised call-back needs none of this: it is queued by itself when its time comes.)
/// </summary>
public sealed class MarkDueTasks(Db db) : IPass
{
    /// <summary>An answer that cannot be given in time has to be told this long before.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(15);

    private const string Mark = """
        with due as (
            select t.shop_id, t.task_id
            from follow_up_tasks t
            where t.state = 'Open'
                and t.due_soon_at is null
                and t.due_at <= @until
            order by t.due_at
            limit 1000
            for update skip locked
        ), marked as (
            update follow_up_tasks t
            set due_soon_at = @now
            from due
            where t.shop_id = due.shop_id and t.task_id = due.task_id
            returning t.shop_id, t.task_id, t.kind, t.due_at, t.owner_id
        ), told as (
            insert into outbox (shop_id, event_id, kind, payload, at)
            select shop_id, gen_random_uuid(), 'task.due-soon', jsonb_build_object('taskId', task_id, 'kind', kind, 'dueAt', due_at, 'ownerId', owner_id), @now
            from marked
        )
        select count(*)::integer
        from marked
        """;

    public string Name => "mark-due-tasks";

    public TimeSpan Every => TimeSpan.FromSeconds(60);

    async Task<object> IPass.RunOnceAsync(DateTimeOffset now, CancellationToken ct) => new { marked = await RunOnceAsync(now, ct) };

    /// <returns>How many tasks were told just now.</returns>
    public async Task<int> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var marked = await session.QuerySingleAsync<int>(Mark, new { now, until = now + Ahead }, ct);
        await session.CommitAsync();
        return marked;
    }
}
