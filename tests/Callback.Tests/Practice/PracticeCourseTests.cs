using Callback.Calls;
using Callback.FollowUps.Log;
using Callback.Practice;
using Callback.Tests.Calls;
using Callback.Tests.Support;
using Npgsql;

namespace Callback.Tests.Practice;

public sealed class PracticeCourseTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_course_is_passed_by_all_its_calls_and_its_quiz_and_leaves_no_trace_in_a_real_shop()
    {
        await using var scene = await PracticeGround.OpenAsync(database);
        await using var real = await PracticeGround.OpenAsync(database, practice: false);
        var agent = PracticeGround.In(await scene.AgentAsync(), scene.Shop, real.Shop);
        foreach (var shop in new[] { scene.Shop, real.Shop })
            await scene.SqlAsync("insert into memberships (shop_id, user_id, role) values (@shop, @user, 'Agent')", new { shop, user = agent.UserId });

        foreach (var call in PracticeScene.FirstWeek.Calls)
        {
            var reviewed = await PracticeGround.CallAsync(scene, agent, call.Id);
            Assert.True(reviewed is { Passed: true, CoursePassedNow: false, Review.Points.Total: >= 95 }, $"{call.Id}: {reviewed.Review.Points} {reviewed.Review.Outcome}");
        }
        var quiz = await scene.Get<TakeQuiz>().RunAsync(agent, new(scene.Shop, "first-week", Right()), default);

        Assert.True(quiz is { Passed: true, CoursePassedNow: true, Wrong.Count: 0 });
        var progress = Assert.Single(await scene.Get<GetPractice>().RunAsync(agent, scene.Shop, default));
        Assert.True(progress.Standing.IsPassed);
        Assert.NotNull(progress.PassedAt);
        Assert.Equal(
            [scene.Shop.Value, real.Shop.Value],
            await scene.AllAsync<string>("select shop_id from course_passes where user_id = @UserId order by shop_id = @Shop desc", new { agent.UserId, scene.Shop }));
        await NothingInAsync(real, agent);
        var report = await scene.Get<VerifyInvariants>().RunAsync(Actor.System("test"), default);
        Assert.Equal(0, report.Invariants.Single(invariant => invariant.Code == "practice-stays-practice").Found);
    }

    [Fact]
    public async Task The_same_call_again_is_the_same_customer_on_a_fresh_order()
    {
        await using var scene = await PracticeGround.OpenAsync(database);
        var agent = await scene.AgentAsync();

        var first = await PracticeGround.CallAsync(scene, agent, "suspicious");
        var second = await PracticeGround.CallAsync(scene, agent, "suspicious", draft => draft with { Outcome = "Declined" });

        Assert.NotEqual(first.Card.Orders[0].OrderNo, second.Card.Orders[0].OrderNo);
        Assert.NotEqual(first.Card.PhoneLast4, second.Card.PhoneLast4);
        Assert.Equal(first.Review.Steps.Select(step => step.Said), second.Review.Steps.Select(step => step.Said));
        Assert.Equal((100, 80), (first.Review.Points.Total, second.Review.Points.Total));
        var call = Assert.Single(await scene.Get<GetPractice>().RunAsync(agent, scene.Shop, default)).Standing.Calls.Single(call => call.Call.Id == "suspicious");
        Assert.Equal((100, 2), (call.Best, call.Times));
    }

    [Fact]
    public async Task A_call_that_was_not_dialed_is_brought_up_to_date_instead_of_made_anew()
    {
        await using var scene = await PracticeGround.OpenAsync(database);
        var agent = await scene.AgentAsync();
        var left = await PracticeGround.StartAsync(scene, agent, "angry");
        await scene.PassTimeAsync(TimeSpan.FromHours(5));

        var hold = await PracticeGround.StartAsync(scene, agent, "angry");

        Assert.NotEqual(left, hold);
        Assert.Equal(1, await scene.OneAsync<int>("select count(*)::integer from practice_calls where shop_id = @Shop", new { scene.Shop }));
    }

    [Fact]
    public async Task A_practice_call_is_kept_for_the_agent_it_was_made_for()
    {
        await using var scene = await PracticeGround.OpenAsync(database);
        var (learner, other) = (await scene.AgentAsync("learner"), await scene.AgentAsync("other"));
        var order = await scene.OrderAsync();
        await scene.PlanAsync();
        var hold = await PracticeGround.StartAsync(scene, learner, "helpful-payment");
        await scene.Get<ReleaseHold>().RunAsync(learner, hold, default);

        var theirs = Assert.IsType<HoldResult.Held>(await scene.HoldAsync(other));
        var more = await scene.HoldAsync(await scene.AgentAsync("third"));
        var own = Assert.IsType<HoldResult.Held>(await scene.HoldAsync(learner));

        Assert.Equal([order], await OrdersAsync(scene, theirs.HoldId));
        Assert.IsType<HoldResult.NothingWaiting>(more);
        Assert.StartsWith("LX-", Assert.Single(await OrdersAsync(scene, own.HoldId)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_practice_call_is_made_in_practice_shops_only()
    {
        await using var real = await PracticeGround.OpenAsync(database, practice: false);
        var agent = await real.AgentAsync();

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => real.Get<StartPracticeCall>().RunAsync(agent, new(real.Shop, "first-week", "angry"), default));
        await Assert.ThrowsAsync<InvalidInputException>(() => real.Get<TakeQuiz>().RunAsync(agent, new(real.Shop, "first-week", Right()), default));

        Assert.Equal("practice-shop-only", refused.Problems[0].Code);
        Assert.Equal(0, await real.OneAsync<int>("select count(*)::integer from orders where shop_id = @Shop", new { real.Shop }));
    }

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    [InlineData(22, true)]
    public async Task The_quiz_is_passed_from_ninety_percent_on(int right, bool passed)
    {
        await using var scene = await PracticeGround.OpenAsync(database);
        var agent = await scene.AgentAsync();
        Assert.Equal(22, PracticeScene.FirstWeek.Quiz.Count);

        var result = await scene.Get<TakeQuiz>().RunAsync(agent, new(scene.Shop, "first-week", Right().Take(right).ToDictionary()), default);

        Assert.Equal((right, passed, 22 - right), (result.Right, result.Passed, result.Wrong.Count));
        Assert.Equal(passed, Assert.Single(await scene.Get<GetPractice>().RunAsync(agent, scene.Shop, default)).Standing.QuizPassed);
    }

    [Fact]
    public async Task A_managers_list_shows_how_far_each_agent_has_come()
    {
        await using var scene = await PracticeGround.OpenAsync(database);
        var (agent, manager) = (await scene.AgentAsync("小梅"), await scene.AgentAsync("店长", Role.Manager));
        await scene.SqlAsync("insert into memberships (shop_id, user_id, role) values (@Shop, @UserId, 'Agent')", new { scene.Shop, agent.UserId });
        await PracticeGround.CallAsync(scene, agent, "wrong-number");

        var row = Assert.Single((await scene.Get<ListTrainingResults>().RunAsync(manager, scene.Shop, default)).Agents);

        Assert.Equal(("小梅", 1, PracticeScene.FirstWeek.Calls.Count, null, 1), (row.AgentName, row.CallsPassed, row.Calls, row.BestQuiz, row.Tries));
        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Get<ListTrainingResults>().RunAsync(agent, scene.Shop, default));
    }

    [Fact]
    public async Task The_database_refuses_the_practice_hours_to_a_shop_of_real_customers()
    {
        await using var real = await PracticeGround.OpenAsync(database, practice: false);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => real.SqlAsync("update shops set policy = 'practice' where shop_id = @Shop", new { real.Shop }));

        Assert.Equal("shops_practice_policy", refused.ConstraintName);
    }

    private static async Task NothingInAsync(DeskScene real, Actor agent)
    {
        foreach (var table in new[] { "orders", "queued_calls", "queue_exits", "attempts", "attempt_rights", "results", "follow_ups", "follow_up_tasks", "suppressions", "line_events", "outbox", "practice_calls", "practice_reviews" })
            Assert.True(await real.OneAsync<int>($"select count(*)::integer from {table} where shop_id = @Shop", new { real.Shop }) == 0, table);
        var manager = await real.AgentAsync("manager", Role.Manager);
        Assert.Empty((await real.Get<ListFollowUps>().RunAsync(manager, real.Shop, new(), null, 10, default)).Rows);
        var today = await real.Get<TodayFigures>().RunAsync(manager, real.Shop, default);
        Assert.True(today is { Calls: 0, Reached: 0, PaidSince: 0, OpenWrapUps: 0, Outcomes.Count: 0 }, $"{today}");
        Assert.Equal(new DeskDay(0, 0, 0, 0), (await real.Get<GetDesk>().RunAsync(agent, default)).Today);
    }

    private static Dictionary<string, string> Right() => PracticeScene.FirstWeek.Quiz.ToDictionary(question => question.Id, question => question.Right);

    private static Task<IReadOnlyList<string>> OrdersAsync(DeskScene scene, Guid hold) => scene.AllAsync<string>(
        "select o.order_no from queued_calls q join queued_call_orders o on o.shop_id = q.shop_id and o.queued_call_id = q.queued_call_id where q.hold_id = @hold", new { hold });
}
