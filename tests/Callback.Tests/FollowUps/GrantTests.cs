using Callback.Calls;
using Callback.CallScripts;
using Callback.Compensation;
using Callback.FollowUps;
using Callback.FollowUps.Tasks;
using Callback.Telephony;
using Callback.Tests.Calls;
using Callback.Tests.Support;

namespace Callback.Tests.FollowUps;

/// <summary>From what an agent grants on the card to the task, and to another person's yes or no.</summary>
public sealed class GrantTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_voucher_within_the_limit_is_an_open_task_with_amount_and_ground()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt, order) = await DeliveredAsync(scene);

        await scene.RecordAsync(agent, attempt, Result(Grant(PromiseKind.CourierApology, order), "CourierRude"));

        var task = Assert.Single((await ListAsync(scene, agent)).Rows);
        Assert.Equal(
            ("ApologyVoucher", TaskState.Open, 10m, "CNY", "CourierApology", order),
            (task.Kind, task.State, task.Amount, task.Currency, task.Promise, task.OrderNo));
        Assert.Contains("courier-fault", task.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_above_the_limit_waits_while_the_agent_goes_on_and_opens_with_another_persons_yes()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt, order) = await DeliveredAsync(scene);
        var manager = await scene.AgentAsync("boss", Role.Manager);

        await scene.RecordAsync(agent, attempt, Result(Grant(PromiseKind.Return, order), "WrongSize"));

        Assert.Null((await scene.Get<GetDesk>().RunAsync(agent, default)).Card);
        var asked = Assert.Single((await ListAsync(scene, manager, new(TaskState.Waiting))).Rows);
        Assert.Equal((88m, "Refund"), (asked.Amount, asked.Kind));
        Assert.Equal(TaskOutcome.ChangedMeanwhile, await scene.Get<CloseTask>().RunAsync(manager, new(scene.Shop, asked.TaskId, Done: true), default));
        Assert.Equal(TaskOutcome.Done, await scene.Get<DecideGrant>().RunAsync(manager, new(scene.Shop, asked.TaskId, Approve: true, "goods are back"), default));
        Assert.Equal(TaskOutcome.ChangedMeanwhile, await scene.Get<DecideGrant>().RunAsync(manager, new(scene.Shop, asked.TaskId, Approve: false, "too late"), default));

        var open = Assert.Single((await ListAsync(scene, agent)).Rows);
        Assert.Equal((TaskState.Open, "boss", "goods are back"), (open.State, open.DecidedByName, open.Decision));
        Assert.Equal("grant.approved", await scene.OneAsync<string>("select action from audit where shop_id = @Shop order by seq desc limit 1", new { scene.Shop }));
    }

    [Fact]
    public async Task A_no_leaves_the_asker_with_the_task_to_tell_the_customer()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt, order) = await DeliveredAsync(scene);
        var manager = await scene.AgentAsync("boss", Role.Manager);
        await scene.RecordAsync(agent, attempt, Result(Grant(PromiseKind.Return, order), "WrongSize"));
        var asked = Assert.Single((await ListAsync(scene, manager)).Rows);

        await scene.Get<DecideGrant>().RunAsync(manager, new(scene.Shop, asked.TaskId, Approve: false, "worn"), default);

        var tell = Assert.Single((await ListAsync(scene, agent)).Rows);
        Assert.Equal(("CallBackBy", "worn", agent.UserId), (tell.Kind, tell.Note, tell.OwnerId));
        Assert.Equal(TaskState.Declined, Assert.Single((await ListAsync(scene, manager, new(TaskState.Declined))).Rows).State);

        // The same card saved once more neither asks again nor takes the answer away.
        await scene.RecordAsync(agent, attempt, Result(Grant(PromiseKind.Return, order), "WrongSize"));
        Assert.Equal("CallBackBy", Assert.Single((await ListAsync(scene, manager)).Rows).Kind);
    }

    [Fact]
    public async Task Nobody_agrees_to_what_they_asked_for_and_no_agent_agrees_at_all()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt, order) = await DeliveredAsync(scene, amount: 900);
        var manager = await scene.AgentAsync("boss", Role.Manager);
        await scene.RecordAsync(agent, attempt, Result(null, "WrongSize"));
        await scene.Get<CorrectResult>().RunAsync(manager, new(attempt, Ids.New(scene.Now), Result(Grant(PromiseKind.Return, order), "WrongSize"), "promised it myself"), default);
        var asked = Assert.Single((await ListAsync(scene, manager)).Rows);
        var decide = scene.Get<DecideGrant>();

        Assert.Equal(TaskState.Waiting, asked.State);
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => decide.RunAsync(manager, new(scene.Shop, asked.TaskId, Approve: true, "mine"), default));
        Assert.Equal("same-person", refused.Problems.Single().Code);
        await Assert.ThrowsAsync<NotPermittedException>(() => decide.RunAsync(agent, new(scene.Shop, asked.TaskId, Approve: true, "me"), default));
        var silent = await Assert.ThrowsAsync<InvalidInputException>(() => decide.RunAsync(manager, new(scene.Shop, asked.TaskId, Approve: true, " "), default));
        Assert.Equal("reason-required", silent.Problems.Single().Code);
        Assert.Equal("Waiting", await scene.OneAsync<string>("select state from follow_up_tasks where task_id = @TaskId", new { asked.TaskId }));
    }

    [Fact]
    public async Task What_is_not_owed_is_not_granted()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt, order) = await DeliveredAsync(scene);
        var unproven = Grant(PromiseKind.GenuineOrTriple, order) with { Proven = false };

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => scene.RecordAsync(agent, attempt, Result(unproven, "LooksNotGenuine")));

        Assert.Equal("grant-not-owed", refused.Problems.Single().Code);
        Assert.Equal(0, await scene.OneAsync<int>("select count(*)::integer from follow_up_tasks where shop_id = @Shop", new { scene.Shop }));
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1000001)]
    public async Task No_freight_below_nought_or_beyond_reason(double freight)
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt, order) = await DeliveredAsync(scene);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() =>
            scene.RecordAsync(agent, attempt, Result(Grant(PromiseKind.GenuineOrTriple, order) with { Freight = (decimal)freight }, "LooksNotGenuine")));

        Assert.Equal("amount-invalid", refused.Problems.Single().Code);
    }

    [Fact]
    public async Task A_refund_that_is_only_listed_counts_with_what_is_left_of_the_price()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt, _) = await DeliveredAsync(scene, amount: 31);

        await scene.RecordAsync(agent, attempt, Result(null, "WrongSize") with { Tasks = [new("Refund"), new("SurveyVoucher"), new("CourierChase")] });

        Assert.Equal(
            [("CourierChase", TaskState.Open, (decimal?)null), ("Refund", TaskState.Waiting, 31m), ("SurveyVoucher", TaskState.Open, 5m)],
            (await ListAsync(scene, agent)).Rows.Select(task => (task.Kind, task.State, task.Amount)).OrderBy(task => task.Kind));
    }

    [Fact]
    public async Task A_grant_takes_the_place_of_the_same_thing_that_the_talk_proposed()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt, order) = await DeliveredAsync(scene);

        await scene.RecordAsync(agent, attempt, Result(Grant(PromiseKind.CourierApology, order), "CourierRude") with { Tasks = [new("ApologyVoucher", Note: "apologised twice")] });

        Assert.Equal(("ApologyVoucher", "apologised twice", 10m), (await ListAsync(scene, agent)).Rows.Select(task => (task.Kind, task.Note, task.Amount!.Value)).Single());
    }

    [Fact]
    public async Task A_corrected_amount_drops_the_old_task_and_leaves_the_others_alone()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt, order) = await DeliveredAsync(scene);
        var quality = Grant(PromiseKind.Quality, order) with { Agreed = 5, ReceiptOpen = true };
        await scene.RecordAsync(agent, attempt, Result(quality, "GlueCameOff") with { Tasks = [new("CourierChase")] });

        await scene.RecordAsync(agent, attempt, Result(quality with { Agreed = 8 }, "GlueCameOff") with { Tasks = [new("CourierChase")] });

        Assert.Equal(
            [("CourierChase", "Open", null), ("Refund", "Dropped", 93m), ("Refund", "Waiting", (decimal?)96m)],
            await scene.AllAsync<(string, string, decimal?)>("select kind, state, amount from follow_up_tasks where shop_id = @Shop order by kind, amount", new { scene.Shop }));
    }

    internal static DraftClaim Grant(PromiseKind promise, string order) => new(promise.ToString(), order, "as agreed") { Granted = true, Proven = true, Freight = 0, Agreed = 0 };

    internal static CallDraft Result(DraftClaim? claim, params string[] reasons) =>
        DeskScene.Outcome("CaseOpened", "to be settled", reasons) with { Claims = claim is null ? [] : [claim] };

    internal static Task<TaskPage> ListAsync(DeskScene scene, Actor actor, TaskFilter? filter = null) =>
        scene.Get<ListTasks>().RunAsync(actor, [scene.Shop], filter ?? new(), null, 50, default);

    /// <summary>A delivered order, called about and answered.</summary>
    internal static async Task<(Actor Agent, Guid Attempt, string Order)> DeliveredAsync(DeskScene scene, decimal amount = 88)
    {
        await scene.SqlAsync("update campaigns set status = 'Paused' where shop_id = @Shop", new { scene.Shop });
        await scene.CampaignAsync(Purpose.DeliveryCallBack);
        var agent = await scene.AgentAsync();
        var order = await scene.OrderAsync(status: "Delivered", amount: amount);
        await scene.PlanAsync();
        var attempt = (await scene.CallAsync(agent)).AttemptId;
        await scene.MarkAsync(agent, attempt, CallState.Answered);
        await scene.MarkAsync(agent, attempt, CallState.Completed);
        return (agent, attempt, order);
    }
}
