using Callback.Auditing;
using Callback.Database;

namespace Callback.FollowUps.Tasks;

/// <param name="Why">Required, at most 500 characters.</param>
public sealed record ReopenTaskInput(ShopId Shop, Guid TaskId, string Why);

/// <summary>Opens a task again that was done or dropped. What was declined stays so: it is asked for afresh by correcting the result.</summary>
public sealed class ReopenTask(Db db, TimeProvider time)
{
    private const string Reopen = """
        update follow_up_tasks
        set state = 'Open', closed_at = null, closed_by = null, closing_note = '', due_soon_at = null, due_at = greatest(due_at, @now)
        where shop_id = @shop
            and task_id = @TaskId
        """;

    /// <param name="actor">Needs <see cref="Permission.ViewTasks"/>.</param>
    /// <param name="input">Which task, and why.</param>
    /// <param name="ct">Cancels before the commit.</param>
    /// <exception cref="InvalidInputException"><c>reason-required</c>, <c>note-too-long</c>.</exception>
    public async Task<TaskOutcome> RunAsync(Actor actor, ReopenTaskInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ViewTasks, input.Shop);
        Calls.Desk.Agent(actor);
        var why = CloseTask.NoteOf(input.Why);
        if (why.Length == 0)
            throw new InvalidInputException(Problem.Of("reason-required", "why", ("most", $"{CloseTask.LongestNote}")));
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(input.Shop, ct);
        if (await TaskSight.LockAsync(session, actor, input.Shop, input.TaskId, ct) is not { } task)
            return TaskOutcome.Unknown;
        if (task.State is not (TaskState.Done or TaskState.Dropped))
            return TaskOutcome.ChangedMeanwhile;
        await session.ExecuteAsync(Reopen, new { shop = input.Shop.Value, input.TaskId, now }, ct);
        await AuditTrail.AppendAsync(session, input.Shop, actor, now, "task.reopened", $"task:{input.TaskId}", new { was = task.State.ToString(), why }, ct);
        await session.CommitAsync();
        return TaskOutcome.Done;
    }
}
