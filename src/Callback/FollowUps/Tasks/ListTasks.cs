using Callback.Database;

namespace Callback.FollowUps.Tasks;

/// <param name="Overdue">Open, and its due time is past.</param>
public sealed record TaskRow(
    Guid TaskId, Guid AttemptId, string? OrderNo, string Kind, string Note, string State, DateTimeOffset? DueAt, string CreatedByName, DateTimeOffset CreatedAt,
    string? ClosedByName, DateTimeOffset? ClosedAt, bool Overdue);

/// <param name="NextAfter">Pass it to read the next page; null at the end.</param>
public sealed record TaskPage(IReadOnlyList<TaskRow> Rows, string? NextAfter);

/// <summary>Follow-up tasks of a shop: the open ones by due time, or the closed ones, newest first.</summary>
public sealed class ListTasks(Db db, TimeProvider time)
{
    private const int Page = 50;

    private const string Columns = """
        select t.task_id, t.attempt_id, t.order_no, t.kind, t.note, t.state, t.due_at, m.display_name as created_by_name, t.created_at,
            c.display_name as closed_by_name, t.closed_at, coalesce(t.state = 'Open' and t.due_at < @now, false) as overdue
        from follow_up_tasks t
        join users m on m.user_id = t.created_by
        left join users c on c.user_id = t.closed_by
        where t.shop_id = @shop
        """;

    private const string Open = Columns + """

            and t.state = 'Open'
            and (@after::uuid is null or (coalesce(t.due_at, 'infinity'), t.task_id) > (
                select coalesce(a.due_at, 'infinity'), a.task_id from follow_up_tasks a where a.shop_id = @shop and a.task_id = @after))
        order by coalesce(t.due_at, 'infinity'), t.task_id
        limit @limit
        """;

    private const string Closed = Columns + """

            and t.state <> 'Open'
            and (@after::uuid is null or (t.closed_at, t.task_id) < (
                select a.closed_at, a.task_id from follow_up_tasks a where a.shop_id = @shop and a.task_id = @after))
        order by t.closed_at desc, t.task_id desc
        limit @limit
        """;

    /// <param name="actor">Needs <see cref="Permission.ViewTasks"/>.</param>
    /// <param name="shop">Whose tasks.</param>
    /// <param name="open">The open ones, or those that are done or dropped.</param>
    /// <param name="after">The last task of the page before.</param>
    /// <param name="ct">Cancels the read.</param>
    public async Task<TaskPage> RunAsync(Actor actor, ShopId shop, bool open, Guid? after, CancellationToken ct)
    {
        actor.Demand(Permission.ViewTasks, shop);
        await using var session = await db.BeginAsync(shop, ct);
        var rows = await session.QueryAsync<TaskRow>(open ? Open : Closed, new { shop = shop.Value, after, now = time.GetUtcNow(), limit = Page + 1 }, ct);
        return rows.Count <= Page ? new(rows, null) : new([.. rows.Take(Page)], rows[Page - 1].TaskId.ToString());
    }
}
