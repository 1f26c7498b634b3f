using Callback.Auditing;
using Callback.Database;

namespace Callback.Practice;

/// <summary>The writes on a run that several use cases share.</summary>
internal static class PracticeRuns
{
    /// <summary>The agent's run of a course; begun, if there is none.</summary>
    public static async Task<Guid> TakeAsync(Session session, ShopId shop, Guid agent, string course, DateTimeOffset now, CancellationToken ct)
    {
        await session.ExecuteAsync(
            """
            insert into practice_runs (shop_id, run_id, agent_id, course, started_at)
            values (@shop, @run, @agent, @course, @now)
            on conflict (shop_id, agent_id, course) do nothing
            """,
            new { shop, run = Ids.New(now), agent, course, now },
            ct);
        return await session.QuerySingleAsync<Guid>(
            "select run_id from practice_runs where shop_id = @shop and agent_id = @agent and course = @course", new { shop, agent, course }, ct);
    }

    /// <summary>Once every call and the quiz are passed, the course is: written into every shop of the agent, for good.</summary>
    /// <returns>It was passed just now.</returns>
    public static async Task<bool> SettleAsync(Db db, PracticeBook book, ShopId shop, Guid runId, DateTimeOffset now, CancellationToken ct)
    {
        // The agent's memberships in other shops are needed, which the shop's own scope does not show.
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var run = await session.QuerySingleOrDefaultAsync<Run>(
            "select agent_id, course, passed_at from practice_runs where shop_id = @shop and run_id = @runId for update", new { shop, runId }, ct);
        if (run is null || run.PassedAt is not null || book.FindCourse(run.Course) is not { } course || !(await StandingAsync(session, shop, runId, course, ct)).IsPassed)
            return false;
        await session.ExecuteAsync("update practice_runs set passed_at = @now where shop_id = @shop and run_id = @runId", new { shop, runId, now }, ct);
        await session.ExecuteAsync(
            """
            insert into course_passes (shop_id, user_id, course, passed_at)
            select distinct m.shop_id, m.user_id, @Course, @now
            from memberships m
            where m.user_id = @AgentId
            union
            select @shop, @AgentId, @Course, @now
            on conflict (shop_id, user_id, course) do nothing
            """,
            new { shop, run.AgentId, run.Course, now },
            ct);
        await AuditTrail.AppendAsync(session, shop, Actor.System("practice"), now, "course.passed", $"user:{run.AgentId}", new { course = run.Course, runId }, ct);
        await session.CommitAsync();
        return true;
    }

    /// <summary>How far a run has come, by the best of each.</summary>
    public static async Task<CourseStanding> StandingAsync(Session session, ShopId shop, Guid runId, Course course, CancellationToken ct)
    {
        var calls = await session.QueryAsync<CallStandingRow>(
            """
            select call_id, max(points) as best, count(*)::integer as times, (array_agg(attempt_id order by reviewed_at desc))[1] as latest
            from practice_reviews
            where shop_id = @shop and run_id = @runId
            group by call_id
            """,
            new { shop, runId },
            ct);
        var quizzes = await session.QueryAsync<QuizTaken>(
            """
            select right_answers as right, asked, taken_at
            from practice_quizzes
            where shop_id = @shop and run_id = @runId
            order by taken_at desc, quiz_id
            """,
            new { shop, runId },
            ct);
        return CourseStanding.Of(course, calls, quizzes);
    }

    private sealed record Run(Guid AgentId, string Course, DateTimeOffset? PassedAt);
}
