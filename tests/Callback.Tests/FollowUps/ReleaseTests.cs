using Callback.Calls;
using Callback.Database;
using Callback.FollowUps;
using Callback.FollowUps.Releases;
using Callback.Telephony;
using Callback.Tests.Calls;
using Callback.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Tests.FollowUps;

public sealed class ReleaseTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly ScriptedLine line = new() { Place = (_, _) => Task.FromResult<LineAnswer>(new LineAnswer.Unknown("timed out")) };

    [Fact]
    public async Task A_spent_call_is_released_by_two_people_and_dialed_once_more()
    {
        await using var scene = await OpenAsync();
        var (agent, attempt, order) = await SpentAsync(scene);
        var (asks, approves) = (await scene.AgentAsync("one", Role.Manager), await scene.AgentAsync("two", Role.Manager));

        await scene.Get<RequestRelease>().RunAsync(asks, new(scene.Shop, attempt, "node was killed, customer never heard a ring"), default);
        await scene.PlanAsync();
        Assert.IsType<HoldResult.NothingWaiting>(await scene.HoldAsync(agent));
        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => scene.Get<ApproveRelease>().RunAsync(asks, new(scene.Shop, attempt), default));
        Assert.Equal("same-person", refusal.Problems.Single().Code);
        Assert.Equal("lists-missing", await RefusalAsync(() => scene.Get<ApproveRelease>().RunAsync(approves, new(scene.Shop, attempt), default)));
        await ReadListsAsync(scene);
        await scene.Get<ApproveRelease>().RunAsync(approves, new(scene.Shop, attempt), default);
        Assert.Equal(4, await scene.OneAsync<int>("select jsonb_array_length(evidence -> 'lists') from call_grants where parent_attempt_id = @attempt", new { attempt }));
        Assert.Equal("no-release-waiting", await RefusalAsync(() => scene.Get<ApproveRelease>().RunAsync(approves, new(scene.Shop, attempt), default)));

        // Spent counts as a call of the person, and the cap of the day applies to a release like to any call.
        await scene.PassTimeAsync(TimeSpan.FromHours(25));
        await scene.SqlAsync("update orders set as_of = @Now where shop_id = @Shop", new { scene.Now, scene.Shop });
        line.Place = null;
        await scene.PlanAsync();
        Assert.Equal(AttemptState.Placed, Assert.IsType<DialResult.Dialing>(await DialNextAsync(scene, agent)).State);
        Assert.Equal(2, await scene.AttemptsAsync(order));
        Assert.Equal(ReleaseState.Used, (await FindAsync(scene, attempt, asks))!.State);
        Assert.Equal("rang-since", (await Assert.ThrowsAsync<InvalidInputException>(
            () => scene.Get<RequestRelease>().RunAsync(approves, new(scene.Shop, attempt, "once more"), default))).Problems.Single().Code);
    }

    [Fact]
    public async Task A_call_that_its_line_knows_after_all_is_not_released()
    {
        await using var scene = await OpenAsync();
        var (_, attempt, _) = await SpentAsync(scene);
        line.Find = call => new FoundCall.Found(ScriptedLine.IdOf(call));

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(
            async () => await scene.Get<RequestRelease>().RunAsync(await scene.AgentAsync("one", Role.Manager), new(scene.Shop, attempt, "not rung"), default));

        Assert.Equal("call-found", refusal.Problems.Single().Code);
        Assert.Equal("Placed", await scene.StateAsync(attempt));
    }

    [Fact]
    public async Task A_call_that_may_be_one_of_several_is_not_released_not_even_when_the_list_is_empty_later()
    {
        await using var scene = await OpenAsync();
        line.Find = _ => new FoundCall.SeveralFit();
        var (_, attempt, _) = await SpentAsync(scene);
        line.Find = _ => new FoundCall.NotListed();

        var asks = await scene.AgentAsync("one", Role.Manager);
        Assert.Equal("call-in-doubt", await RefusalAsync(() => scene.Get<RequestRelease>().RunAsync(asks, new(scene.Shop, attempt, "not rung"), default)));
    }

    [Fact]
    public async Task A_doubt_that_comes_up_while_it_is_released_stays()
    {
        await using var scene = await OpenAsync();
        var (_, attempt, _) = await SpentAsync(scene);
        var (asks, approves) = (await scene.AgentAsync("one", Role.Manager), await scene.AgentAsync("two", Role.Manager));
        await scene.Get<RequestRelease>().RunAsync(asks, new(scene.Shop, attempt, "not rung"), default);
        line.Find = _ => new FoundCall.SeveralFit();
        await ReadListsAsync(scene);
        line.Find = _ => new FoundCall.NotListed();
        await ReadListsAsync(scene);

        Assert.Equal("call-in-doubt", await RefusalAsync(() => scene.Get<ApproveRelease>().RunAsync(approves, new(scene.Shop, attempt), default)));
    }

    [Fact]
    public async Task Of_two_shops_that_wait_for_a_call_to_one_number_each_is_told_of_the_other()
    {
        await using var one = await OpenAsync();
        await using var two = await OpenAsync();
        var (first, second) = (await LoseAsync(one), await LoseAsync(two));
        var rivals = new Dictionary<Guid, bool>();
        line.Find = call =>
        {
            rivals[call.AttemptId] = call.HasRival;
            return new FoundCall.NotListed();
        };

        await one.Get<ReconcileCalls>().RunOnceAsync(one.Now.AddSeconds(61), default);

        Assert.True(rivals[first]);
        await one.SqlAsync("update attempts set state = 'Spent', settled_at = @Now where attempt_id = @second", new { one.Now, second });
        await one.Get<ReconcileCalls>().RunOnceAsync(one.Now.AddMinutes(9), default);
        Assert.False(rivals[first]);
    }

    private static async Task<Guid> LoseAsync(DeskScene scene)
    {
        await scene.OrderAsync("+8613800000001");
        await scene.PlanAsync();
        return Assert.IsType<DialResult.Dialing>(await DialNextAsync(scene, await scene.AgentAsync())).AttemptId;
    }

    [Fact]
    public async Task Agents_release_nothing_and_schedulers_approve_nothing()
    {
        await using var scene = await OpenAsync();
        var (agent, attempt, _) = await SpentAsync(scene);
        var scheduler = await scene.AgentAsync("plans", Role.Scheduler);

        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Get<RequestRelease>().RunAsync(agent, new(scene.Shop, attempt, "please"), default));
        await scene.Get<RequestRelease>().RunAsync(scheduler, new(scene.Shop, attempt, "please"), default);
        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Get<ApproveRelease>().RunAsync(scheduler, new(scene.Shop, attempt), default));
    }

    [Fact]
    public async Task Fresh_lists_are_read_apart_from_each_other_and_no_more_than_needed()
    {
        await using var scene = await OpenAsync();
        var (_, attempt, _) = await SpentAsync(scene);
        var asks = await scene.AgentAsync("one", Role.Manager);
        var looks = 0;
        line.Find = _ =>
        {
            looks++;
            return new FoundCall.NotListed();
        };
        await scene.Get<RequestRelease>().RunAsync(asks, new(scene.Shop, attempt, "not rung"), default);
        await scene.Get<ReleaseLists>().RunOnceAsync(scene.Now.AddSeconds(5), default);
        Assert.Equal((1, ReleaseState.Checking), (looks, (await FindAsync(scene, attempt, asks))!.State));
        await ReadListsAsync(scene);
        await scene.Get<ReleaseLists>().RunOnceAsync(scene.Now.AddMinutes(9), default);
        Assert.Equal((3, ReleaseState.Waiting), (looks, (await FindAsync(scene, attempt, asks))!.State));
    }

    [Fact]
    public async Task A_list_that_can_not_be_read_is_no_empty_one()
    {
        await using var scene = await OpenAsync();
        var (_, attempt, _) = await SpentAsync(scene);
        var asks = await scene.AgentAsync("one", Role.Manager);
        line.Find = _ => throw new LineSilentException("away");
        Assert.Equal("list-unread", await RefusalAsync(() => scene.Get<RequestRelease>().RunAsync(asks, new(scene.Shop, attempt, "not rung"), default)));
        line.Find = _ => new FoundCall.NotListed();
        await scene.Get<RequestRelease>().RunAsync(asks, new(scene.Shop, attempt, "not rung"), default);
        line.Find = _ => throw new LineSilentException("away");
        await ReadListsAsync(scene);
        Assert.Equal(1, (await FindAsync(scene, attempt, asks))!.Lists);
    }

    /// <summary>Two shops may show one number and call one customer: the other's call proves nothing about this one.</summary>
    [Fact]
    public async Task Another_call_of_ours_is_no_proof_of_this_one()
    {
        await using var scene = await OpenAsync();
        var (agent, attempt, _) = await SpentAsync(scene);
        await scene.OrderAsync();
        await scene.PlanAsync();
        line.Place = null;
        await DialNextAsync(scene, agent);
        IReadOnlySet<string> others = new HashSet<string>();
        line.Find = call =>
        {
            others = call.Others;
            return new FoundCall.NotListed();
        };
        await scene.Get<RequestRelease>().RunAsync(await scene.AgentAsync("one", Role.Manager), new(scene.Shop, attempt, "not rung"), default);
        Assert.NotEmpty(others);
    }

    [Theory]
    [InlineData("request")]
    [InlineData("lists")]
    [InlineData("approval")]
    public async Task Late_proof_makes_the_release_void_whenever_it_comes(string moment)
    {
        await using var scene = await OpenAsync();
        var (_, attempt, _) = await SpentAsync(scene);
        var (asks, approves) = (await scene.AgentAsync("one", Role.Manager), await scene.AgentAsync("two", Role.Manager));
        var find = line.Find;
        void Found() => line.Find = call => new FoundCall.Found(ScriptedLine.IdOf(call));
        if (moment == "request")
            Found();
        var request = scene.Get<RequestRelease>().RunAsync(asks, new(scene.Shop, attempt, "not rung"), default);
        if (moment == "request")
            Assert.Equal("call-found", await RefusalAsync(() => request));
        else
        {
            await request;
            if (moment == "lists")
                Found();
            await ReadListsAsync(scene);
            Found();
            Assert.Equal(moment == "lists" ? "not-spent" : "call-found", await RefusalAsync(() => scene.Get<ApproveRelease>().RunAsync(approves, new(scene.Shop, attempt), default)));
            Assert.Equal(ReleaseState.CallFound, (await FindAsync(scene, attempt, asks))!.State);
        }
        Assert.Equal("Placed", await scene.StateAsync(attempt));
        Assert.Equal(0, await scene.OneAsync<int>("select count(*)::integer from call_grants where parent_attempt_id = @attempt and closed_at is null", new { attempt }));
        line.Find = find;
    }

    /// <summary>Approved and not yet used when the event of the first call comes after all: no second ring, and a promise made in the first call is kept.</summary>
    [Fact]
    public async Task Late_proof_after_the_approval_leaves_no_further_call_but_the_one_the_customer_named()
    {
        await using var scene = await OpenAsync();
        var (agent, attempt, order) = await SpentAsync(scene);
        await ApprovedAsync(scene, attempt);
        await scene.Get<RecordLineEvent>().RunAsync(line.Event(scene, attempt, CallState.Completed, 9, scene.Now), scene.Now, default);
        Assert.Equal("Ended", await scene.StateAsync(attempt));
        await scene.PassTimeAsync(TimeSpan.FromHours(25));
        await scene.SqlAsync("update orders set as_of = @Now where shop_id = @Shop", new { scene.Now, scene.Shop });
        await scene.PlanAsync();
        Assert.IsType<HoldResult.NothingWaiting>(await scene.HoldAsync(agent));
        Assert.Equal(1, await scene.AttemptsAsync(order));

        var later = DeskScene.Outcome("AskedCallBack") with { Promise = new(new DateTime(2026, 11, 24, 15, 0, 0), "Asia/Shanghai") };
        await scene.RecordAsync(agent, attempt, later);
        Assert.Equal("Promised", await scene.OneAsync<string>("select kind from call_grants where parent_attempt_id = @attempt and closed_at is null", new { attempt }));
        await scene.MoveToAsync(DeskScene.MondayLateMorning);
    }

    /// <summary>A process stood still between the line's answer and writing it down, for longer than anybody looked for the call.</summary>
    [Fact]
    public async Task The_lines_answer_makes_an_approved_release_void_however_late_it_is_written_down()
    {
        await using var scene = await OpenAsync();
        var (_, attempt, _) = await SpentAsync(scene);
        await ApprovedAsync(scene, attempt);
        await using (var session = await scene.Get<Db>().BeginAsync(scene.Shop, default))
        {
            Assert.True(await AttemptMoves.PlacedAsync(session, scene.Shop, attempt, "late", scene.Now, default));
            await session.CommitAsync();
        }
        Assert.Equal("CallFound", await scene.OneAsync<string>("select close_reason from call_grants where parent_attempt_id = @attempt", new { attempt }));
    }

    [Fact]
    public async Task A_call_of_unknown_fate_is_not_released()
    {
        await using var scene = await OpenAsync();
        var agent = await scene.AgentAsync();
        await scene.OrderAsync();
        await scene.PlanAsync();
        var attempt = Assert.IsType<DialResult.Dialing>(await DialNextAsync(scene, agent)).AttemptId;
        Assert.Equal("Unknown", await scene.StateAsync(attempt));
        var asks = await scene.AgentAsync("one", Role.Manager);
        Assert.Equal("not-spent", await RefusalAsync(() => scene.Get<RequestRelease>().RunAsync(asks, new(scene.Shop, attempt, "please"), default)));
        Assert.Null(await FindAsync(scene, attempt, asks));
    }

    [Fact]
    public async Task A_release_is_asked_for_once_and_again_only_after_a_no()
    {
        await using var scene = await OpenAsync();
        var (_, attempt, _) = await SpentAsync(scene);
        var (asks, approves) = (await scene.AgentAsync("one", Role.Scheduler), await scene.AgentAsync("two", Role.Manager));
        var (request, decline) = (scene.Get<RequestRelease>(), scene.Get<DeclineRelease>());
        await request.RunAsync(asks, new(scene.Shop, attempt, "first"), default);
        Assert.Equal("release-exists", await RefusalAsync(() => request.RunAsync(approves, new(scene.Shop, attempt, "second"), default)));
        await Assert.ThrowsAsync<NotPermittedException>(async () => await decline.RunAsync(await scene.AgentAsync("three", Role.Scheduler), new(scene.Shop, attempt), default));
        await decline.RunAsync(approves, new(scene.Shop, attempt), default);
        Assert.Equal("no-release-waiting", await RefusalAsync(() => decline.RunAsync(approves, new(scene.Shop, attempt), default)));
        await ReadListsAsync(scene);
        Assert.Equal("no-release-waiting", await RefusalAsync(() => scene.Get<ApproveRelease>().RunAsync(approves, new(scene.Shop, attempt), default)));
        await request.RunAsync(asks, new(scene.Shop, attempt, "better said"), default);
        var anew = (await FindAsync(scene, attempt, asks))!;
        Assert.Equal((ReleaseState.Checking, "better said", 1), (anew.State, anew.Reason, anew.Lists));
        await decline.RunAsync(asks, new(scene.Shop, attempt), default);
        Assert.Equal(
            ["release.requested", "release.declined", "release.requested", "release.withdrawn"],
            await scene.AllAsync<string>("select action from audit where shop_id = @Shop and subject = @subject order by seq", new { scene.Shop, subject = $"attempt:{attempt}" }));
    }

    [Fact]
    public async Task A_release_does_not_outlive_a_payment()
    {
        await using var scene = await OpenAsync();
        var (agent, attempt, order) = await SpentAsync(scene);
        await ApprovedAsync(scene, attempt);
        await scene.SqlAsync("update orders set status = 'Paid', paid_at = @Now where shop_id = @Shop and order_no = @order", new { scene.Now, scene.Shop, order });
        await scene.PassTimeAsync(TimeSpan.FromHours(25));
        await scene.SqlAsync("update orders set as_of = @Now where shop_id = @Shop", new { scene.Now, scene.Shop });
        await scene.PlanAsync();
        Assert.IsType<HoldResult.NothingWaiting>(await scene.HoldAsync(agent));
        Assert.Equal(1, await scene.AttemptsAsync(order));
        Assert.True((await scene.Get<ListSpentCalls>().RunAsync(await scene.AgentAsync("one", Role.Manager), scene.Shop, null, default)).Calls.Single(call => call.AttemptId == attempt).Paid);
        await scene.MoveToAsync(DeskScene.MondayLateMorning);
    }

    [Fact]
    public async Task Spent_calls_are_nobody_elses_to_see()
    {
        await using var scene = await OpenAsync();
        var (agent, attempt, _) = await SpentAsync(scene);
        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Get<ListSpentCalls>().RunAsync(agent, scene.Shop, null, default));
        await using var other = await OpenAsync();
        var manager = await other.AgentAsync("other", Role.Manager);
        await Assert.ThrowsAsync<ShopUnknownException>(() => scene.Get<ListSpentCalls>().RunAsync(manager, scene.Shop, null, default));
        Assert.Null(await FindAsync(other, attempt, manager));
    }

    private static async Task<string> RefusalAsync(Func<Task> act) => (await Assert.ThrowsAsync<InvalidInputException>(act)).Problems.Single().Code;

    private static async Task ReadListsAsync(DeskScene scene)
    {
        foreach (var minutes in new[] { 2, 4 })
            await scene.Get<ReleaseLists>().RunOnceAsync(scene.Now.AddMinutes(minutes), default);
    }

    private static async Task ApprovedAsync(DeskScene scene, Guid attempt)
    {
        await scene.Get<RequestRelease>().RunAsync(await scene.AgentAsync("asks", Role.Manager), new(scene.Shop, attempt, "not rung"), default);
        await ReadListsAsync(scene);
        await scene.Get<ApproveRelease>().RunAsync(await scene.AgentAsync("approves", Role.Manager), new(scene.Shop, attempt), default);
    }

    private static Task<SpentCall?> FindAsync(DeskScene scene, Guid attempt, Actor actor) => scene.Get<ListSpentCalls>().FindAsync(actor, scene.Shop, attempt, default);

    private Task<DeskScene> OpenAsync() => DeskScene.OpenAsync(database, replace: services =>
    {
        foreach (var shipped in services.Where(service => service.ServiceType == typeof(ILine)).ToList())
            services.Remove(shipped);
        services.AddSingleton<ILine>(line);
    });

    private static async Task<DialResult> DialNextAsync(DeskScene scene, Actor agent) =>
        await scene.Get<DialCall>().RunAsync(agent, new(await scene.TakeAsync(agent), DeskScene.Ticked), default);

    private static async Task<(Actor Agent, Guid Attempt, string Order)> SpentAsync(DeskScene scene)
    {
        var agent = await scene.AgentAsync();
        var order = await scene.OrderAsync();
        await scene.PlanAsync();
        var attempt = Assert.IsType<DialResult.Dialing>(await DialNextAsync(scene, agent)).AttemptId;
        for (var look = 0; look < 3; look++)
            await scene.Get<ReconcileCalls>().RunOnceAsync(scene.Now.AddSeconds(61).AddMinutes(8 * look), default);
        Assert.Equal("Spent", await scene.StateAsync(attempt));
        return (agent, attempt, order);
    }
}
