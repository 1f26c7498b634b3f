using Callback.Calls;
using Callback.CallScripts;
using Callback.Telephony;
using Callback.Tests.Calls;
using Callback.Tests.Support;

namespace Callback.Tests.FollowUps;

public sealed class RecordResultTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_same_submission_is_saved_once_however_often_it_comes()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt) = await EndedAsync(scene);
        var submission = Ids.New(scene.Now);

        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => scene.RecordAsync(agent, attempt, DeskScene.Outcome("WillPay"), submission)));

        Assert.All(results, result => Assert.Equal(1, result.Revision));
        Assert.Single(results, result => !result.Repeated);
    }

    [Fact]
    public async Task A_second_tab_makes_a_second_revision_and_overwrites_nothing()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt) = await EndedAsync(scene);

        await scene.RecordAsync(agent, attempt, DeskScene.Outcome("WillPay", "tonight"));
        var second = await scene.RecordAsync(agent, attempt, DeskScene.Outcome("Declined", "changed his mind"));

        Assert.Equal(2, second.Revision);
        Assert.Equal(
            ["WillPay", "Declined"],
            await scene.AllAsync<string>("select outcome from results where attempt_id = @attempt order by revision", new { attempt }));
        Assert.Equal(
            ("Declined", 2),
            await scene.OneAsync<(string, int)>("select outcome, revision from follow_ups where attempt_id = @attempt", new { attempt }));
    }

    [Fact]
    public async Task Kinds_of_bad_wording_in_the_note_are_kept_and_go_with_the_correction()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt) = await EndedAsync(scene);

        await scene.RecordAsync(agent, attempt, DeskScene.Outcome("WillPay", "我也不知道啊。已加客户微信，保证明天到。"));
        Assert.Equal(["Rude", "AbsolutePromise", "RedLine"], await KindsAsync());
        Assert.Equal("我也不知道啊。已加客户微信，保证明天到。", await scene.OneAsync<string>("select note from follow_ups where attempt_id = @attempt", new { attempt }));

        await scene.RecordAsync(agent, attempt, DeskScene.Outcome("WillPay", "客户想加微信，已请他在店铺聊天里联系。"));
        Assert.Empty(await KindsAsync());

        Task<string[]> KindsAsync() => scene.OneAsync<string[]>("select wording from follow_ups where attempt_id = @attempt", new { attempt });
    }

    [Fact]
    public async Task Bad_wording_beside_an_answer_or_a_task_is_kept_as_that_of_the_note_is()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt) = await EndedAsync(scene);

        await scene.RecordAsync(agent, attempt, DeskScene.Outcome("WillPay", "晚上付款") with
        {
            Answers = new Dictionary<string, NodeAnswer> { ["cause"] = new(["fails"], "我也不知道啊") },
            Tasks = [new DraftTask("PaymentHelp", Note: "加微信发链接")],
        });

        Assert.Equal(["Rude", "RedLine"], await scene.OneAsync<string[]>("select wording from follow_ups where attempt_id = @attempt", new { attempt }));
    }

    [Theory]
    [InlineData(null, "outcome-required")]
    [InlineData("Marvellous", "outcome-unknown")]
    [InlineData("NotArrived", "outcome-unknown")]
    [InlineData("NeedsHelp", "note-required")]
    [InlineData("NeedsHelp", "reason-code-required")]
    [InlineData("AskedCallBack", "promise-required")]
    public async Task What_the_outcome_asks_for_has_to_be_there(string? outcome, string problem)
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt) = await EndedAsync(scene);

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => scene.RecordAsync(agent, attempt, DeskScene.Ticked with { Outcome = outcome, Reasons = [] }));

        Assert.Contains(problem, refusal.Problems.Select(found => found.Code));
        Assert.Equal(0, await scene.OneAsync<int>("select count(*)::integer from results where attempt_id = @attempt", new { attempt }));
    }

    [Fact]
    public async Task A_required_item_is_ticked_or_waived_with_a_reason()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt) = await EndedAsync(scene);
        var bare = CallDraft.Empty with { Outcome = "WillPay" };

        var open = await Assert.ThrowsAsync<InvalidInputException>(() => scene.RecordAsync(agent, attempt, bare));
        Assert.All(open.Problems, problem => Assert.Equal("checklist-open", problem.Code));
        var waivers = open.Problems.ToDictionary(problem => problem.Values["item"], _ => "customer was in a hurry");
        var saved = await scene.RecordAsync(agent, attempt, bare with { Waivers = waivers });

        Assert.Equal(1, saved.Revision);
    }

    [Fact]
    public async Task Do_not_call_counts_at_once_for_the_number_and_the_buyer_and_is_not_undone_by_a_later_revision()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        await scene.OrderAsync("+8613900007777", buyer: "same-buyer");
        await scene.PlanAsync();
        var attempt = (await scene.CallAsync(agent)).AttemptId;
        await scene.MarkAsync(agent, attempt, CallState.Completed);

        await scene.RecordAsync(agent, attempt, DeskScene.Outcome("DoNotCall"));
        await scene.RecordAsync(agent, attempt, DeskScene.Outcome("WillPay"));

        Assert.Equal(
            ["Buyer", "Phone"],
            await scene.AllAsync<string>("select scope from suppressions where shop_id = @Shop and do_not_call order by scope", new { scene.Shop }));
        var other = await scene.OrderAsync("+8613900008888", buyer: "same-buyer");
        await scene.PlanAsync();
        Assert.IsType<HoldResult.NothingWaiting>(await scene.HoldAsync(agent));
        Assert.Equal(0, await scene.AttemptsAsync(other));
    }

    [Theory]
    [InlineData("eu-fr", "NoTimeToTalk", 60)]
    [InlineData("eu-fr", "HungUpEarly", 60)]
    [InlineData("eu-fr", "WillPay", null)]
    [InlineData("cn-default", "NoTimeToTalk", null)]
    public async Task A_refusal_rests_the_number_as_long_as_the_policy_says(string policy, string outcome, int? days)
    {
        await using var scene = await DeskScene.OpenAsync(database, policy);
        var agent = await scene.AgentAsync();
        await scene.OrderAsync("+8613900007777");
        await scene.PlanAsync();
        var attempt = (await scene.CallAsync(agent)).AttemptId;
        await scene.MarkAsync(agent, attempt, CallState.Completed);
        var called = scene.Now;

        await scene.RecordAsync(agent, attempt, DeskScene.Outcome(outcome));
        await scene.RecordAsync(agent, attempt, DeskScene.Outcome(outcome));

        var rests = await scene.AllAsync<double>("select extract(epoch from expires_at - @called) / 86400 from suppressions where shop_id = @Shop", new { scene.Shop, called });
        Assert.Equal(days is { } expected ? [expected] : Array.Empty<double>(), rests.Select(rest => Math.Round(rest)));
    }

    [Fact]
    public async Task A_call_put_off_frees_the_desk_and_is_asked_for_until_it_is_written()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt) = await EndedAsync(scene);
        Assert.True(((HoldResult.Held)await scene.HoldAsync(agent)).InHandBefore);

        Assert.Equal(HoldOutcome.Done, await scene.Get<WrapUpLater>().RunAsync(agent, attempt, default));

        Assert.IsType<HoldResult.NothingWaiting>(await scene.HoldAsync(agent));
        Assert.Equal(attempt, (await scene.Get<GetDesk>().RunAsync(agent, default)).WrapUps.Single().AttemptId);
        await scene.RecordAsync(agent, attempt, DeskScene.Outcome("WillPay"));
        Assert.Empty((await scene.Get<GetDesk>().RunAsync(agent, default)).WrapUps);
    }

    [Fact]
    public async Task Nobody_but_the_agent_writes_the_result_of_a_call_that_is_not_abandoned()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (_, attempt) = await EndedAsync(scene);

        foreach (var other in new[] { await scene.AgentAsync(), await scene.AgentAsync("boss", Role.Manager) })
            await Assert.ThrowsAsync<InvalidInputException>(() => scene.RecordAsync(other, attempt, DeskScene.Outcome("WillPay")));
    }

    [Fact]
    public async Task A_draft_survives_its_node()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        await scene.OrderAsync();
        await scene.PlanAsync();
        var hold = await scene.TakeAsync(agent);
        await scene.Get<SaveDraft>().RunAsync(agent, hold, DeskScene.Outcome("WillPay", "half a sen"), default);
        await using var node = scene.Node();

        var card = (await node.Get<GetDesk>().RunAsync(agent, default)).Card!;

        Assert.Equal((hold, "WillPay", "half a sen"), (card.HoldId, card.Draft.Outcome, card.Draft.Note));
    }

    private static async Task<(Actor Agent, Guid Attempt)> EndedAsync(DeskScene scene)
    {
        var agent = await scene.AgentAsync();
        await scene.OrderAsync();
        await scene.PlanAsync();
        var attempt = (await scene.CallAsync(agent)).AttemptId;
        await scene.MarkAsync(agent, attempt, CallState.Answered);
        await scene.MarkAsync(agent, attempt, CallState.Completed);
        return (agent, attempt);
    }
}
