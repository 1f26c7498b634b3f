using Callback.Database;

namespace Callback.Practice;

/// <param name="StartedAt">Null: not begun.</param>
public sealed record CourseProgress(Course Course, DateTimeOffset? StartedAt, DateTimeOffset? PassedAt, CourseStanding Standing);

/// <summary>Reads how far an agent has come in the courses, and catches up on calls whose review was not made (a page that was closed, the API).</summary>
public sealed class GetPractice(Db db, PracticeBook book, ReviewPracticeCall review)
{
    private const int MostCaughtUp = 20;

    /// <exception cref="InvalidInputException"><c>agent-required</c>.</exception>
    public async Task<IReadOnlyList<CourseProgress>> RunAsync(Actor actor, ShopId shop, CancellationToken ct)
    {
        actor.Demand(Permission.TakeCalls, shop);
        var agent = actor.UserId ?? throw new InvalidInputException(Problem.Of("agent-required"));
        foreach (var attempt in await UnreviewedAsync(shop, agent, ct))
            await review.RunAsync(actor, shop, attempt, ct);
        await using var session = await db.BeginAsync(shop, ct);
        var runs = await session.QueryAsync<Run>(
            "select run_id, course, started_at, passed_at from practice_runs where shop_id = @shop and agent_id = @agent", new { shop, agent }, ct);
        var courses = new List<CourseProgress>();
        foreach (var course in book.Courses)
        {
            var run = runs.FirstOrDefault(run => run.Course == course.Id);
            var standing = await PracticeRuns.StandingAsync(session, shop, run?.RunId ?? Guid.Empty, course, ct);
            courses.Add(new(course, run?.StartedAt, run?.PassedAt, standing));
        }
        return courses;
    }

    private async Task<IReadOnlyList<Guid>> UnreviewedAsync(ShopId shop, Guid agent, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(shop, ct);
        return await session.QueryAsync<Guid>(
            """
            select distinct a.attempt_id
            from practice_calls p
            join attempt_rights r on r.shop_id = p.shop_id and r.order_no = p.order_no
            join attempts a on a.shop_id = r.shop_id and a.attempt_id = r.attempt_id
            where p.shop_id = @shop and p.agent_id = @agent and a.agent_id = @agent and a.wrap_up = 'Done'
                and not exists (select from practice_reviews v where v.shop_id = a.shop_id and v.attempt_id = a.attempt_id)
            limit @MostCaughtUp
            """,
            new { shop, agent, MostCaughtUp },
            ct);
    }

    private sealed record Run(Guid RunId, string Course, DateTimeOffset StartedAt, DateTimeOffset? PassedAt);
}
