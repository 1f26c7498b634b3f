using Callback.Auditing;
using Callback.Calls;
using Callback.CallScripts;
using Callback.Database;

namespace Callback.FollowUps.Tasks;

/// <param name="Reason">Required, at most 500 characters; whoever asked reads it.</param>
public sealed record DecideGrantInput(ShopId Shop, Guid TaskId, bool Approve, string Reason);

/// <summary>
/// Another person's yes or no to what is above somebody's limit. A yes opens the task with the time that was named to the customer; a no closes it and leaves
/// the one who asked with the task to tell the customer.
/// </summary>
public sealed class DecideGrant(Db db, TimeProvider time, OutcomeCatalogue catalogue)
{
    private const string Answer = "CallBackBy";

    private const string Decide = """
        update follow_up_tasks
        set state = @state, decided_by = @person, decided_at = @now, decision = @reason,
            closed_at = case when @state = 'Declined' then @now end, closed_by = case when @state = 'Declined' then @person end
        where shop_id = @shop
            and task_id = @TaskId
        """;

    private const string Tell = """
        insert into follow_up_tasks (shop_id, task_id, attempt_id, order_no, kind, note, state, due_at, owner_id, basis, created_by, created_at)
        values (@shop, @id, @AttemptId, @OrderNo, @kind, @reason, 'Open', @due, @CreatedBy, '{"why": "declined"}', @person, @now)
        """;

    /// <param name="actor">Needs <see cref="Permission.ManageTasks"/>.</param>
    /// <param name="input">Which grant, and the answer.</param>
    /// <param name="ct">Cancels before the commit.</param>
    /// <exception cref="InvalidInputException"><c>reason-required</c>, <c>note-too-long</c>, or <c>same-person</c>: who asked can't agree.</exception>
    public async Task<TaskOutcome> RunAsync(Actor actor, DecideGrantInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ManageTasks, input.Shop);
        var person = Desk.Agent(actor);
        var reason = CloseTask.NoteOf(input.Reason);
        if (reason.Length == 0)
            throw new InvalidInputException(Problem.Of("reason-required", "reason", ("most", $"{CloseTask.LongestNote}")));
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(input.Shop, ct);
        if (await TaskSight.LockAsync(session, actor, input.Shop, input.TaskId, ct) is not { } task)
            return TaskOutcome.Unknown;
        if (task.State != TaskState.Waiting)
            return TaskOutcome.ChangedMeanwhile;
        if (task.CreatedBy == person)
            throw new InvalidInputException(Problem.Of("same-person", "taskId"));
        var state = (input.Approve ? TaskState.Open : TaskState.Declined).ToString();
        var shop = input.Shop.Value;
        await session.ExecuteAsync(Decide, new { shop, input.TaskId, state, person, now, reason }, ct);
        if (!input.Approve)
        {
            var due = now + (catalogue.FindTaskKind(Answer)?.DueIn ?? TimeSpan.FromDays(1));
            await session.ExecuteAsync(Tell, new { shop, id = Ids.New(now), task.AttemptId, task.OrderNo, kind = Answer, reason, due, task.CreatedBy, person, now }, ct);
        }
        await AuditTrail.AppendAsync(
            session, input.Shop, actor, now, input.Approve ? "grant.approved" : "grant.declined", $"task:{input.TaskId}",
            new { task.Kind, task.OrderNo, task.Amount, task.Currency, reason }, ct);
        await AttemptMoves.OutboxAsync(session, input.Shop, EventKinds.GrantDecided, new { input.TaskId, approved = input.Approve }, now, ct);
        await session.CommitAsync();
        return TaskOutcome.Done;
    }
}
