using Callback.Database;
using Callback.Windows;

namespace Callback.FollowUps;

/// <summary>What is to be done after the call.</summary>
internal static class FollowUpTasks
{
    /// <summary>
    /// The revision's tasks take the place of those that were not begun: an open task of the same kind, order and note stays the same task; one that is
    /// not listed any more is dropped; a closed one is not touched and not opened again.
    /// </summary>
    public static Task ReplaceOpenAsync(Session session, Recording recording, CancellationToken ct)
    {
        var (submission, attempt, card, saved, _, now) = recording;
        var tasks = saved.Result.Tasks;
        return session.ExecuteAsync(
            """
            with listed as (
                select *
                from unnest(@ids, @kinds, @orderNos, @notes, @dueAts) as t (task_id, kind, order_no, note, due_at)
            ), dropped as (
                update follow_up_tasks t
                set state = 'Dropped', closed_at = @now, closed_by = @actor
                where t.shop_id = @ShopId and t.attempt_id = @AttemptId and t.state = 'Open'
                    and not exists (
                        select
                        from listed l
                        where l.kind = t.kind and l.order_no is not distinct from t.order_no and l.note = t.note)
            )
            insert into follow_up_tasks (shop_id, task_id, attempt_id, order_no, kind, note, state, due_at, created_by, created_at)
            select @ShopId, l.task_id, @AttemptId, l.order_no, l.kind, l.note, 'Open', l.due_at, @actor, @now
            from listed l
            where not exists (
                select
                from follow_up_tasks t
                where t.shop_id = @ShopId and t.attempt_id = @AttemptId and t.state <> 'Dropped'
                    and t.kind = l.kind and t.order_no is not distinct from l.order_no and t.note = l.note)
            """,
            new
            {
                attempt.ShopId,
                attempt.AttemptId,
                actor = submission.Actor.UserId,
                now,
                ids = tasks.Select(_ => Ids.New(now)).ToArray(),
                kinds = tasks.Select(task => task.Kind).ToArray(),
                orderNos = tasks.Select(task => task.OrderNo).ToArray(),
                notes = tasks.Select(task => task.Note).ToArray(),
                dueAts = tasks.Select(task => Due(task, card.Shop.Zone, now).UtcDateTime).ToArray(),
            },
            ct);
    }

    private static DateTimeOffset Due(CheckedTask task, string shopZone, DateTimeOffset now) =>
        task.DueLocal is { } local ? LocalTimePolicy.ToInstant(local, shopZone) : now + task.DueIn;
}
