using Callback.Auditing;
using Callback.Database;

namespace Callback.FollowUps.Tasks;

/// <param name="Done">Done, or dropped because it is not needed any more.</param>
/// <param name="Note">What was done, or why not; at most 500 characters.</param>
public sealed record CloseTaskInput(ShopId Shop, Guid TaskId, bool Done, string Note = "");

/// <summary>What became of a step on a task.</summary>
public enum TaskOutcome
{
    Done,

    /// <summary>Somebody else was first: it is not in the state that was shown.</summary>
    ChangedMeanwhile,

    /// <summary>There is no such task, or not for this actor.</summary>
    Unknown,
}

/// <summary>Closes an open follow-up task. It stays in the order's story.</summary>
public sealed class CloseTask(Db db, TimeProvider time)
{
    internal const int LongestNote = 500;

    private const string Close = """
        update follow_up_tasks
        set state = @state, closed_at = @now, closed_by = @user, closing_note = @note, owner_id = coalesce(owner_id, @user)
        where shop_id = @shop
            and task_id = @TaskId
        """;

    /// <param name="actor">Needs <see cref="Permission.ViewTasks"/>; a person, because the closing carries a name.</param>
    /// <param name="input">Which task, and how it ended.</param>
    /// <param name="ct">Cancels before the commit.</param>
    /// <exception cref="InvalidInputException"><c>agent-required</c>, <c>note-too-long</c>.</exception>
    public async Task<TaskOutcome> RunAsync(Actor actor, CloseTaskInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ViewTasks, input.Shop);
        var user = Calls.Desk.Agent(actor);
        var note = NoteOf(input.Note);
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(input.Shop, ct);
        if (await TaskSight.LockAsync(session, actor, input.Shop, input.TaskId, ct) is not { } task)
            return TaskOutcome.Unknown;
        if (task.State != TaskState.Open)
            return TaskOutcome.ChangedMeanwhile;
        var state = (input.Done ? TaskState.Done : TaskState.Dropped).ToString();
        await session.ExecuteAsync(Close, new { shop = input.Shop.Value, input.TaskId, state, now, user, note }, ct);
        await AuditTrail.AppendAsync(session, input.Shop, actor, now, "task.closed", $"task:{input.TaskId}", new { state, note }, ct);
        await session.CommitAsync();
        return TaskOutcome.Done;
    }

    internal static string NoteOf(string? note)
    {
        var text = note?.Trim() ?? "";
        return text.Length <= LongestNote ? text : throw new InvalidInputException(Problem.Of("note-too-long", "note", ("most", $"{LongestNote}")));
    }
}
