using Callback.Database;

namespace Callback.Practice;

/// <param name="PassedAt">Also where it was passed in another shop.</param>
public sealed record AgentTraining(Guid AgentId, string AgentName, string Course, int CallsPassed, int Calls, int? BestQuiz, int Tries, DateTimeOffset? StartedAt, DateTimeOffset? PassedAt);

/// <param name="Required">The course this shop asks for before it hands out calls; null: none.</param>
public sealed record TrainingResults(bool Practice, string? Required, IReadOnlyList<AgentTraining> Agents);

/// <summary>Reads the courses of a shop's agents: in a practice shop what was done, in any other who has passed.</summary>
public sealed class ListTrainingResults(Db db, PracticeBook book)
{
    public async Task<TrainingResults> RunAsync(Actor actor, ShopId shop, CancellationToken ct)
    {
        actor.Demand(Permission.ManageTraining, shop);
        await using var session = await db.BeginAsync(shop, ct);
        var (practice, required) = await session.QuerySingleAsync<(bool, string?)>("select practice, required_course from shops where shop_id = @shop", new { shop }, ct);
        var agents = await session.QueryAsync<(Guid Id, string Name)>(
            """
            select u.user_id, u.display_name
            from memberships m
            join users u on u.user_id = m.user_id
            where m.shop_id = @shop and m.role = 'Agent'
            order by u.display_name, u.user_id
            """,
            new { shop },
            ct);
        var runs = await session.QueryAsync<Run>("select run_id, agent_id, course, started_at, passed_at from practice_runs where shop_id = @shop", new { shop }, ct);
        var passes = await session.QueryAsync<Pass>("select user_id, course, passed_at from course_passes where shop_id = @shop", new { shop }, ct);
        var rows = new List<AgentTraining>();
        foreach (var (id, name) in agents)
            foreach (var course in book.Courses)
            {
                var run = runs.FirstOrDefault(run => run.AgentId == id && run.Course == course.Id);
                var standing = await PracticeRuns.StandingAsync(session, shop, run?.RunId ?? Guid.Empty, course, ct);
                rows.Add(new(
                    id, name, course.Id, standing.CallsPassed, course.Calls.Count, standing.BestQuiz, standing.Calls.Sum(call => call.Times), run?.StartedAt,
                    run?.PassedAt ?? passes.FirstOrDefault(pass => pass.UserId == id && pass.Course == course.Id)?.PassedAt));
            }
        return new(practice, required, rows);
    }

    private sealed record Run(Guid RunId, Guid AgentId, string Course, DateTimeOffset StartedAt, DateTimeOffset? PassedAt);

    private sealed record Pass(Guid UserId, string Course, DateTimeOffset PassedAt);
}
