using Callback.Auditing;
using Callback.Database;

namespace Callback.FollowUps.Tasks;

/// <param name="Owner">Who is to do it; null: nobody yet, so that anybody may take it.</param>
public sealed record AssignTaskInput(ShopId Shop, Guid TaskId, Guid? Owner);

/// <summary>Takes a task over, gives it back, or – for a manager – hands it to somebody of the shop.</summary>
public sealed class AssignTask(Db db, TimeProvider time)
{
    private const string WorksThere = """
        select exists (
            select
            from memberships
            where shop_id = @shop
                and user_id = @owner
                and role in ('Agent', 'Manager'))
        """;

    private const string Assign = """
        update follow_up_tasks
        set owner_id = @owner
        where shop_id = @shop
            and task_id = @taskId
        """;

    /// <param name="actor">Needs <see cref="Permission.ViewTasks"/>; to hand it to somebody else, <see cref="Permission.ManageTasks"/>.</param>
    /// <param name="input">Which task, and whose it is to be.</param>
    /// <param name="ct">Cancels before the commit.</param>
    /// <exception cref="InvalidInputException"><c>owner-unknown</c>: nobody of this shop.</exception>
    public async Task<TaskOutcome> RunAsync(Actor actor, AssignTaskInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ViewTasks, input.Shop);
        var self = Calls.Desk.Agent(actor);
        if (input.Owner is { } other && other != self)
            actor.Demand(Permission.ManageTasks, input.Shop);
        await using var session = await db.BeginAsync(input.Shop, ct);
        var args = new { shop = input.Shop.Value, taskId = input.TaskId, owner = input.Owner };
        if (input.Owner is { } owner && owner != self && !await session.QuerySingleAsync<bool>(WorksThere, args, ct))
            throw new InvalidInputException(Problem.Of("owner-unknown", "owner"));
        if (await TaskSight.LockAsync(session, actor, input.Shop, input.TaskId, ct) is not { } task)
            return TaskOutcome.Unknown;
        if (task.State is not (TaskState.Open or TaskState.Waiting))
            return TaskOutcome.ChangedMeanwhile;
        await session.ExecuteAsync(Assign, args, ct);
        await AuditTrail.AppendAsync(
            session, input.Shop, actor, time.GetUtcNow(), "task.assigned", $"task:{input.TaskId}", new { from = task.OwnerId, to = input.Owner }, ct);
        await session.CommitAsync();
        return TaskOutcome.Done;
    }
}
