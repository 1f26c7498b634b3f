using Callback.FollowUps.Tasks;
using Callback.Tests.Calls;
using Callback.Tests.Support;

namespace Callback.Tests.FollowUps;

/// <summary>What becomes of follow-up tasks after the call.</summary>
public sealed class TaskTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task An_agent_sees_the_own_and_the_unowned_tasks_and_a_manager_all()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt, _) = await GrantTests.DeliveredAsync(scene);
        var other = await MemberAsync(scene, "other");
        await scene.RecordAsync(agent, attempt, GrantTests.Result(null, "WrongSize") with { Tasks = [new("CallBackBy"), new("WarehouseNotice")] });

        Assert.Equal(["CallBackBy", "WarehouseNotice"], await KindsAsync(scene, agent));
        Assert.Equal(["WarehouseNotice"], await KindsAsync(scene, other));
        Assert.Equal(["CallBackBy", "WarehouseNotice"], await KindsAsync(scene, await MemberAsync(scene, "boss", Role.Manager)));

        var mine = (await GrantTests.ListAsync(scene, agent, new(Kind: "CallBackBy"))).Rows.Single();
        foreach (var outcome in new[]
        {
            await scene.Get<CloseTask>().RunAsync(other, new(scene.Shop, mine.TaskId, Done: true), default),
            await scene.Get<AssignTask>().RunAsync(other, new(scene.Shop, mine.TaskId, other.UserId), default),
        })
            Assert.Equal(TaskOutcome.Unknown, outcome);
        Assert.Equal("Open", await scene.OneAsync<string>("select state from follow_up_tasks where task_id = @TaskId", new { mine.TaskId }));
    }

    [Fact]
    public async Task Only_a_manager_hands_a_task_to_somebody_else_and_only_to_people_of_the_shop()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var task = await OneTaskAsync(scene);
        var (agent, boss) = (await MemberAsync(scene, "second"), await MemberAsync(scene, "boss", Role.Manager));
        var assign = scene.Get<AssignTask>();

        await Assert.ThrowsAsync<NotPermittedException>(() => assign.RunAsync(agent, new(scene.Shop, task, boss.UserId), default));
        var stranger = await Assert.ThrowsAsync<InvalidInputException>(() => assign.RunAsync(boss, new(scene.Shop, task, Ids.New(scene.Now)), default));
        Assert.Equal("owner-unknown", stranger.Problems.Single().Code);
        Assert.Equal(TaskOutcome.Done, await assign.RunAsync(boss, new(scene.Shop, task, agent.UserId), default));

        Assert.Equal(agent.UserId, (await GrantTests.ListAsync(scene, boss, new(Owner: agent.UserId))).Rows.Single().OwnerId);
        Assert.Equal(TaskOutcome.Done, await assign.RunAsync(agent, new(scene.Shop, task, null), default));
        Assert.Single((await GrantTests.ListAsync(scene, boss, new(Unowned: true))).Rows);
    }

    [Fact]
    public async Task A_task_is_done_with_a_note_and_opened_again_with_a_reason()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var task = await OneTaskAsync(scene);
        var agent = await MemberAsync(scene, "second");

        Assert.Equal(TaskOutcome.Done, await scene.Get<CloseTask>().RunAsync(agent, new(scene.Shop, task, Done: true, "parcel found"), default));
        Assert.Equal(TaskOutcome.ChangedMeanwhile, await scene.Get<CloseTask>().RunAsync(agent, new(scene.Shop, task, Done: false), default));
        var done = (await GrantTests.ListAsync(scene, agent, new(TaskState.Done))).Rows.Single();
        Assert.Equal(("parcel found", "second", agent.UserId), (done.ClosingNote, done.ClosedByName, done.OwnerId));

        await Assert.ThrowsAsync<InvalidInputException>(() => scene.Get<ReopenTask>().RunAsync(agent, new(scene.Shop, task, ""), default));
        Assert.Equal(TaskOutcome.Done, await scene.Get<ReopenTask>().RunAsync(agent, new(scene.Shop, task, "lost again"), default));
        Assert.Equal(TaskState.Open, (await GrantTests.ListAsync(scene, agent)).Rows.Single().State);
        Assert.Equal(
            ["task.closed", "task.reopened"],
            await scene.AllAsync<string>("select action from audit where shop_id = @Shop and subject = @subject order by seq", new { scene.Shop, subject = $"task:{task}" }));
    }

    [Fact]
    public async Task Tasks_are_read_page_by_page_with_nothing_left_out_and_nothing_twice()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        await OneTaskAsync(scene);
        var boss = await MemberAsync(scene, "boss", Role.Manager);
        await CopiesAsync(scene, 24);
        await scene.SqlAsync("update follow_up_tasks set state = 'Done', closed_at = due_at where shop_id = @Shop and note = 'odd'", new { scene.Shop });

        foreach (var filter in new TaskFilter[] { new(), new(TaskState.Done) })
        {
            var seen = new List<TaskRow>();
            for (TaskCursor? after = null, next = new(default, default); next is not null; after = next)
            {
                var page = await scene.Get<ListTasks>().RunAsync(boss, [scene.Shop], filter, TaskCursor.Parse(after?.ToString()), 4, default);
                seen.AddRange(page.Rows);
                next = page.Next;
            }

            Assert.Equal(filter.State == TaskState.Done ? 12 : 13, seen.Select(task => task.TaskId).Distinct().Count());
            Assert.Equal(seen.Count, seen.Select(task => task.TaskId).Distinct().Count());
            Assert.Equal(filter.State == TaskState.Done ? [.. seen.OrderByDescending(task => task.ClosedAt)] : [.. seen.OrderBy(task => task.DueAt)], seen);
        }
    }

    [Theory]
    [InlineData("overdue", 1)]
    [InlineData("100%", 1)]
    [InlineData("no_such", 0)]
    public async Task Filters_narrow(string what, int found)
    {
        await using var scene = await DeskScene.OpenAsync(database);
        await OneTaskAsync(scene);
        var boss = await MemberAsync(scene, "boss", Role.Manager);
        await CopiesAsync(scene, 1, "100% sure");
        await scene.SqlAsync("update follow_up_tasks set due_at = @past where shop_id = @Shop and note <> ''", new { scene.Shop, past = scene.Now.AddSeconds(-1) });

        var rows = (await GrantTests.ListAsync(scene, boss, what == "overdue" ? new(Overdue: true) : new(Text: what))).Rows;

        Assert.Equal(found, rows.Count);
        Assert.All(rows, task => Assert.Equal((true, false), (task.Overdue, task.DueSoon)));
    }

    [Fact]
    public async Task A_due_task_is_told_once_a_quarter_of_an_hour_ahead_and_counted()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var task = await OneTaskAsync(scene);
        var agent = await MemberAsync(scene, "second");
        var due = await scene.OneAsync<DateTimeOffset>("select due_at from follow_up_tasks where task_id = @task", new { task });
        var mark = scene.Get<MarkDueTasks>();

        await mark.RunOnceAsync(due - MarkDueTasks.Ahead - TimeSpan.FromTicks(10), default);
        Assert.Equal(0, await ToldAsync(scene));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => mark.RunOnceAsync(due - MarkDueTasks.Ahead, default)));
        await mark.RunOnceAsync(due + TimeSpan.FromDays(1), default);
        Assert.Equal(1, await ToldAsync(scene));

        await scene.MoveToAsync(due.AddMinutes(-10));
        var count = await scene.Get<CountDueTasks>().RunAsync(agent, default);
        Assert.Equal((1, 0), (count.Soon, count.Overdue));
        Assert.True((await GrantTests.ListAsync(scene, agent)).Rows.Single().DueSoon);
        await scene.MoveToAsync(due.AddMinutes(1));
        Assert.Equal(1, (await scene.Get<CountDueTasks>().RunAsync(agent, default)).Overdue);
    }

    private static Task<int> ToldAsync(DeskScene scene) =>
        scene.OneAsync<int>("select count(*)::integer from outbox where shop_id = @Shop and kind = 'task.due-soon'", new { scene.Shop });

    private static async Task<IEnumerable<string>> KindsAsync(DeskScene scene, Actor actor) =>
        (await GrantTests.ListAsync(scene, actor)).Rows.Select(task => task.Kind).Order(StringComparer.Ordinal);

    private static async Task<Guid> OneTaskAsync(DeskScene scene)
    {
        var (agent, attempt, _) = await GrantTests.DeliveredAsync(scene);
        await scene.RecordAsync(agent, attempt, GrantTests.Result(null, "WrongSize") with { Tasks = [new("CourierChase")] });
        return (await GrantTests.ListAsync(scene, agent)).Rows.Single().TaskId;
    }

    private static async Task<Actor> MemberAsync(DeskScene scene, string name, Role role = Role.Agent)
    {
        var actor = await scene.AgentAsync(name, role);
        await scene.SqlAsync(
            "insert into memberships (user_id, shop_id, role) values (@UserId, @Shop, @role)", new { actor.UserId, scene.Shop, role = role.ToString() });
        return actor;
    }

    /// <summary>The one task, again and again, a minute apart; every other with the note "odd".</summary>
    private static Task CopiesAsync(DeskScene scene, int count, string? note = null) => scene.SqlAsync(
        """
        insert into follow_up_tasks (shop_id, task_id, attempt_id, kind, note, state, due_at, created_by, created_at)
        select t.shop_id, gen_random_uuid(), t.attempt_id, t.kind, coalesce(@note, case when n % 2 = 1 then 'odd' else '' end), 'Open', t.due_at + n * interval '1 minute', t.created_by, t.created_at
        from follow_up_tasks t
        cross join generate_series(1, @count) as n
        where t.shop_id = @Shop
        """,
        new { scene.Shop, count, note });
}
