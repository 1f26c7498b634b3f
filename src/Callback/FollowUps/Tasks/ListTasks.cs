using Callback.Database;
using Dapper;

namespace Callback.FollowUps.Tasks;

/// <summary>Follow-up tasks, page by page. Each shop is read from its own index, so several shops cost as many short reads.</summary>
public sealed class ListTasks(Db db, TimeProvider time)
{
    /// <summary>The most rows a page may have.</summary>
    public const int MaxPage = 200;

    /// <param name="actor">Needs <see cref="Permission.ViewTasks"/> in every one of the shops; with <see cref="Permission.ManageTasks"/> or <see cref="Permission.ViewLog"/> everybody's tasks are seen, else the own and unowned ones.</param>
    /// <param name="shops">Whose tasks; at least one.</param>
    /// <param name="filter">What to narrow to.</param>
    /// <param name="after">The cursor of the page before, or null for the first.</param>
    /// <param name="size">Rows a page, 1 to <see cref="MaxPage"/>.</param>
    /// <param name="ct">Cancels the read.</param>
    public async Task<TaskPage> RunAsync(Actor actor, IReadOnlyList<ShopId> shops, TaskFilter filter, TaskCursor? after, int size, CancellationToken ct)
    {
        var selves = shops.Select(shop => TaskSight.SelfOf(actor, shop)).ToArray();
        size = Math.Clamp(size, 1, MaxPage);
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(ShopScope.Of(shops), ct);
        var args = new DynamicParameters(new { shops = shops.Select(shop => shop.Value).ToArray(), selves, now, soon = now + MarkDueTasks.Ahead, limit = size + 1 });
        var rows = await session.QueryAsync<TaskRow>(Sql(filter, after, args), args, ct);
        if (rows.Count <= size)
            return new(rows, null);
        var last = rows[size - 1];
        return new([.. rows.Take(size)], new(filter.Closed ? last.ClosedAt!.Value : last.DueAt, last.TaskId));
    }

    private static string Sql(TaskFilter filter, TaskCursor? after, DynamicParameters args)
    {
        var (order, direction, compare) = filter.Closed ? ("closed_at", " desc", "<") : ("due_at", "", ">");
        return $"""
            select {TaskRow.Columns}
            from unnest(@shops, @selves) as s (shop_id, self)
            cross join lateral (
                select t.*
                from follow_up_tasks t
                where {string.Join("\n        and ", Clauses(filter, after, args, $"(t.{order}, t.task_id) {compare} (@afterAt, @afterId)"))}
                order by t.{order}{direction}, t.task_id{direction}
                limit @limit) t
            {TaskRow.Joins}
            order by t.{order}{direction}, t.task_id{direction}
            limit @limit
            """;
    }

    private static IEnumerable<string> Clauses(TaskFilter filter, TaskCursor? after, DynamicParameters args, string beyond)
    {
        yield return "t.shop_id = s.shop_id";
        yield return "(s.self is null or t.owner_id = s.self or t.owner_id is null)";
        yield return filter.Overdue ? "t.state = 'Open' and t.closed_at is null and t.due_at < @now" : filter.State is { } state ? Is(state) : "t.closed_at is null";
        if (filter.Kind is { Length: > 0 } kind)
            yield return Narrow("t.kind = @kind", "kind", kind);
        if (filter.Owner is { } owner)
            yield return Narrow("t.owner_id = @owner", "owner", owner);
        if (filter.Unowned)
            yield return "t.owner_id is null";
        if (filter.Text?.Trim() is { Length: > 0 } text)
            yield return Narrow("(t.note ilike @text or t.order_no ilike @text)", "text", $"%{text.Replace("\\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%");
        if (after is not null)
        {
            args.Add("afterAt", after.At);
            args.Add("afterId", after.TaskId);
            yield return beyond;
        }

        string Narrow(string clause, string name, object value)
        {
            args.Add(name, value);
            return clause;
        }
    }

    // Spelled out, because a partial index serves a written condition and no parameter; an open or waiting task is one that is not closed.
    private static string Is(TaskState state) => state switch
    {
        TaskState.Waiting => "t.state = 'Waiting' and t.closed_at is null",
        TaskState.Open => "t.state = 'Open' and t.closed_at is null",
        TaskState.Done => "t.state = 'Done' and t.closed_at is not null",
        TaskState.Dropped => "t.state = 'Dropped' and t.closed_at is not null",
        _ => "t.state = 'Declined' and t.closed_at is not null",
    };
}
