using System.Text.Json;
using Callback.CallScripts;
using Callback.Database;
using Callback.Windows;

namespace Callback.FollowUps;

/// <summary>What is to be done after the call.</summary>
internal static class FollowUpTasks
{
    // The same task is one of the same kind, order, note and amount. Dropped ones may come back; a closed or declined one stays as it is.
    private const string Replace = """
        with listed as (
            select *
            from unnest(@ids, @kinds, @orderNos, @notes, @dueAts, @states, @owners, @promises, @amounts, @currencies, @bases)
                as t (task_id, kind, order_no, note, due_at, state, owner_id, promise, amount, currency, basis)
        ), dropped as (
            update follow_up_tasks t
            set state = 'Dropped', closed_at = @now, closed_by = @actor
            where t.shop_id = @ShopId and t.attempt_id = @AttemptId and t.state in ('Open', 'Waiting') and t.kind <> 'MissedCallBack'
                and t.basis ->> 'why' is distinct from 'declined'
                and not exists (
                    select
                    from listed l
                    where l.kind = t.kind and l.order_no is not distinct from t.order_no and l.note = t.note and l.amount is not distinct from t.amount)
        )
        insert into follow_up_tasks
            (shop_id, task_id, attempt_id, order_no, kind, note, state, due_at, owner_id, promise, amount, currency, basis, created_by, created_at)
        select @ShopId, l.task_id, @AttemptId, l.order_no, l.kind, l.note, l.state, l.due_at, l.owner_id, l.promise, l.amount, l.currency, l.basis::jsonb, @actor, @now
        from listed l
        where not exists (
            select
            from follow_up_tasks t
            where t.shop_id = @ShopId and t.attempt_id = @AttemptId and t.state <> 'Dropped'
                and t.kind = l.kind and t.order_no is not distinct from l.order_no and t.note = l.note and t.amount is not distinct from l.amount)
        """;

    /// <summary>
    /// The revision's tasks take the place of those that were not begun: an open task that is listed again stays the same task; one that is
    /// not listed any more is dropped; a closed one is not touched and not opened again.
    /// </summary>
    public static Task ReplaceOpenAsync(Session session, Recording recording, OutcomeCatalogue kinds, CancellationToken ct)
    {
        var (submission, attempt, card, saved, _, now) = recording;
        var tasks = saved.Result.Tasks;
        return session.ExecuteAsync(
            Replace,
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
                states = tasks.Select(task => task.Grant is { Waits: true } ? "Waiting" : "Open").ToArray(),
                owners = tasks.Select(task => kinds.FindTaskKind(task.Kind) is { OfAgent: true } ? attempt.AgentId : null as Guid?).ToArray(),
                promises = tasks.Select(task => task.Grant?.Promise?.ToString()).ToArray(),
                amounts = tasks.Select(task => task.Grant?.Amount).ToArray(),
                currencies = tasks.Select(task => task.Grant?.Currency).ToArray(),
                bases = tasks.Select(task => task.Grant is { } grant ? JsonSerializer.Serialize(new { grant.Why, grant.Parts, grant.Dates }, CallDraftJson.Options) : null).ToArray(),
            },
            ct);
    }

    private static DateTimeOffset Due(CheckedTask task, string shopZone, DateTimeOffset now) =>
        task.DueLocal is { } local ? LocalTimePolicy.ToInstant(local, shopZone) : now + task.DueIn;
}
