using Callback.Database;

namespace Callback.FollowUps.Tasks;

public enum TaskState
{
    /// <summary>Above somebody's limit: nothing is done before another person agrees.</summary>
    Waiting,

    Open,

    Done,

    /// <summary>Not needed any more.</summary>
    Dropped,

    /// <summary>Another person did not agree.</summary>
    Declined,
}

/// <param name="Overdue">Open, and its due time is past.</param>
/// <param name="DueSoon">Open, and due within a quarter of an hour.</param>
/// <param name="Amount">What it gives; null: nothing that counts as money, or no figure.</param>
/// <param name="Promise">The promise it keeps.</param>
/// <param name="Basis">JSON: the ground with its parts and the dates that counted; null: listed by hand.</param>
public sealed record TaskRow(
    ShopId Shop, Guid TaskId, Guid AttemptId, string? OrderNo, string Kind, string Note, TaskState State, DateTimeOffset DueAt, Guid? OwnerId, string? OwnerName,
    string? Promise, decimal? Amount, string? Currency, string? Basis, Guid CreatedBy, string CreatedByName, DateTimeOffset CreatedAt,
    string? DecidedByName, DateTimeOffset? DecidedAt, string? Decision, string? ClosedByName, DateTimeOffset? ClosedAt, string ClosingNote, bool Overdue, bool DueSoon)
{
    internal const string Columns = """
        t.shop_id as shop, t.task_id, t.attempt_id, t.order_no, t.kind, t.note, t.state, t.due_at, t.owner_id, o.display_name as owner_name,
        t.promise, t.amount, t.currency, t.basis::text as basis, t.created_by, m.display_name as created_by_name, t.created_at,
        d.display_name as decided_by_name, t.decided_at, t.decision, c.display_name as closed_by_name, t.closed_at, t.closing_note,
        t.state = 'Open' and t.due_at < @now as overdue, t.state = 'Open' and t.due_at >= @now and t.due_at <= @soon as due_soon
        """;

    internal const string Joins = """
        join users m on m.user_id = t.created_by
        left join users o on o.user_id = t.owner_id
        left join users d on d.user_id = t.decided_by
        left join users c on c.user_id = t.closed_by
        """;
}

/// <summary>Whose tasks somebody sees: who sees the whole log sees all of a shop, everybody else the own ones and those that nobody has.</summary>
internal static class TaskSight
{
    public const string Clause = "(@self::uuid is null or t.owner_id = @self or t.owner_id is null)";

    /// <exception cref="NotPermittedException">The actor sees no tasks in this shop.</exception>
    public static Guid? SelfOf(Actor actor, ShopId shop)
    {
        actor.Demand(Permission.ViewTasks, shop);
        return actor.May(Permission.ManageTasks, shop) || actor.May(Permission.ViewLog, shop) ? null : actor.UserId ?? Guid.Empty;
    }

    /// <summary>A task under lock, if the actor sees it.</summary>
    public static Task<LockedTask?> LockAsync(Session session, Actor actor, ShopId shop, Guid taskId, CancellationToken ct) =>
        session.QuerySingleOrDefaultAsync<LockedTask>(
            $"""
            select t.attempt_id, t.order_no, t.kind, t.state, t.owner_id, t.created_by, t.amount, t.currency
            from follow_up_tasks t
            where t.shop_id = @shop
                and t.task_id = @taskId
                and {Clause}
            for update of t
            """,
            new { shop = shop.Value, taskId, self = SelfOf(actor, shop) },
            ct);
}

internal sealed record LockedTask(Guid AttemptId, string? OrderNo, string Kind, TaskState State, Guid? OwnerId, Guid CreatedBy, decimal? Amount, string? Currency);
