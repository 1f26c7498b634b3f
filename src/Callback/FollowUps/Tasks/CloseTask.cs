using Callback.Auditing;
using Callback.Database;

namespace Callback.FollowUps.Tasks;

/// <param name="Done">Done, or dropped because it is not needed any more.</param>
public sealed record CloseTaskInput(ShopId Shop, Guid TaskId, bool Done);

/// <summary>Closes a follow-up task. A closed one stays closed and stays in the order's story.</summary>
public sealed class CloseTask(Db db, TimeProvider time)
{
    private const string Close = """
        update follow_up_tasks
        set state = @state, closed_at = @now, closed_by = @user
        where shop_id = @shop
            and task_id = @TaskId
            and state = 'Open'
        """;

    /// <param name="actor">Needs <see cref="Permission.ViewTasks"/>; a person, because the closing carries a name.</param>
    /// <param name="input">Which task, and how it ended.</param>
    /// <param name="ct">Cancels before the commit.</param>
    /// <returns>False: it is closed already, or there is no such task in this shop.</returns>
    public async Task<bool> RunAsync(Actor actor, CloseTaskInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ViewTasks, input.Shop);
        var user = actor.UserId ?? throw new InvalidInputException(Problem.Of("agent-required"));
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(input.Shop, ct);
        var state = input.Done ? "Done" : "Dropped";
        if (await session.ExecuteAsync(Close, new { shop = input.Shop.Value, input.TaskId, state, now, user }, ct) == 0)
            return false;
        await AuditTrail.AppendAsync(session, input.Shop, actor, now, "task.closed", $"task:{input.TaskId}", new { state }, ct);
        await session.CommitAsync();
        return true;
    }
}
