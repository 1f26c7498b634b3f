using Callback.Calls;
using Callback.CallScripts;
using Callback.FollowUps;
using Callback.Telephony;
using Callback.Tests.Calls;
using Callback.Tests.Support;

namespace Callback.Tests.FollowUps;

/// <summary>Which results open one further call, and which never do.</summary>
public sealed class FurtherCallTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_promised_time_opens_one_call_at_that_time_and_not_before()
    {
        var late = new DateTimeOffset(2026, 11, 23, 3, 30, 0, TimeSpan.Zero);
        await using var scene = await DeskScene.OpenAsync(database, "cn-default", at: late);
        var agent = await scene.AgentAsync();
        var order = await scene.OrderAsync(source: "File");
        await scene.PlanAsync();
        var attempt = (await scene.CallAsync(agent)).AttemptId;
        await scene.MarkAsync(agent, attempt, CallState.Completed);
        var promise = new DraftPromise(new DateTime(2026, 11, 23, 14, 30, 0), "Asia/Shanghai");

        await scene.RecordAsync(agent, attempt, DeskScene.Outcome("AskedCallBack") with { Promise = promise });
        await scene.PlanAsync();
        Assert.IsType<HoldResult.NothingWaiting>(await scene.HoldAsync(agent));

        // 14:30 is outside the campaign's windows and inside the legal hours: the customer chose it.
        await scene.MoveToAsync(new DateTimeOffset(2026, 11, 23, 6, 30, 10, TimeSpan.Zero));
        await scene.PlanAsync();
        var again = await scene.CallAsync(agent);
        Assert.Equal("Promised", await scene.OneAsync<string>("select kind from attempts where attempt_id = @AttemptId", new { again.AttemptId }));
        await scene.MarkAsync(agent, again.AttemptId, CallState.NoAnswer);
        await scene.RecordAsync(agent, again.AttemptId, DeskScene.Outcome("NoAnswer"));
        await scene.PlanAsync();
        Assert.IsType<HoldResult.NothingWaiting>(await scene.HoldAsync(agent));
        Assert.Equal(2, await scene.AttemptsAsync(order));
        Assert.True((await scene.Get<VerifyInvariants>().RunAsync(Actor.System("test"), default)).Clean);
    }

    [Theory]
    [InlineData("2026-11-23T22:00", "Asia/Shanghai", "promise-outside-hours")]
    [InlineData("2026-11-23T10:00", "Asia/Shanghai", "promise-in-the-past")]
    [InlineData("2027-01-23T15:00", "Asia/Shanghai", "promise-too-far")]
    [InlineData("2026-11-23T15:00", "Europe/Paris", "promise-zone-unknown")]
    public async Task Only_moments_that_can_be_kept_are_promised(string local, string zone, string problem)
    {
        await using var scene = await DeskScene.OpenAsync(database, "cn-default");
        var (agent, attempt) = await EndedAsync(scene);
        var draft = DeskScene.Outcome("AskedCallBack") with { Promise = new(DateTime.Parse(local, null), zone) };

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => scene.RecordAsync(agent, attempt, draft));

        Assert.Equal(problem, refusal.Problems.Single().Code);
    }

    [Fact]
    public async Task A_corrected_promise_moves_the_one_further_call_and_a_dropped_one_closes_it()
    {
        await using var scene = await DeskScene.OpenAsync(database, "cn-default");
        var (agent, attempt) = await EndedAsync(scene);
        var manager = await scene.AgentAsync("boss", Role.Manager);
        var three = new DraftPromise(new DateTime(2026, 11, 23, 15, 0, 0));
        await scene.RecordAsync(agent, attempt, DeskScene.Outcome("AskedCallBack") with { Promise = three });

        await scene.RecordAsync(agent, attempt, DeskScene.Outcome("AskedCallBack") with { Promise = three with { Local = three.Local.AddHours(1) } });
        Assert.Equal(
            [new DateTime(2026, 11, 23, 16, 0, 0)],
            await scene.AllAsync<DateTime>("select promised_local from call_grants where parent_attempt_id = @attempt and closed_at is null", new { attempt }));

        await scene.Get<CorrectResult>().RunAsync(manager, new(attempt, Ids.New(scene.Now), DeskScene.Outcome("Declined"), "agent misheard"), default);
        Assert.Equal(0, await scene.OneAsync<int>("select count(*)::integer from call_grants where parent_attempt_id = @attempt and closed_at is null", new { attempt }));
        Assert.Equal("result.corrected", await scene.OneAsync<string>(
            "select action from audit where shop_id = @Shop order by seq desc limit 1", new { scene.Shop }));
    }

    [Fact]
    public async Task A_silent_line_opens_one_repair_call_the_same_day_and_no_second()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        var order = await scene.OrderAsync();
        await scene.PlanAsync();
        for (var call = 0; call < 2; call++)
        {
            var attempt = (await scene.CallAsync(agent)).AttemptId;
            await scene.MarkAsync(agent, attempt, CallState.Answered);
            await scene.MarkAsync(agent, attempt, CallState.Completed);
            await scene.RecordAsync(agent, attempt, DeskScene.Outcome("SilentLine"));
            await scene.PassTimeAsync(TimeSpan.FromMinutes(11));
            await scene.PlanAsync();
        }

        Assert.IsType<HoldResult.NothingWaiting>(await scene.HoldAsync(agent));
        Assert.Equal(2, await scene.AttemptsAsync(order));
    }

    [Fact]
    public async Task A_line_that_failed_after_it_rang_gives_no_further_call()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        await scene.OrderAsync();
        await scene.PlanAsync();
        var attempt = (await scene.CallAsync(agent)).AttemptId;
        await scene.MarkAsync(agent, attempt, CallState.Ringing);
        await scene.MarkAsync(agent, attempt, CallState.Failed);

        await scene.RecordAsync(agent, attempt, DeskScene.Outcome("LineFailed"));

        Assert.Equal(0, await scene.OneAsync<int>("select count(*)::integer from call_grants where shop_id = @Shop", new { scene.Shop }));
    }

    [Theory]
    [InlineData("NoAnswer")]
    [InlineData("Busy")]
    [InlineData("DeclinedCall")]
    [InlineData("SwitchedOff")]
    [InlineData("Voicemail")]
    [InlineData("HungUpEarly")]
    public async Task Who_let_the_call_pass_is_never_called_again_about_it(string outcome)
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        var order = await scene.OrderAsync();
        await scene.PlanAsync();
        var attempt = (await scene.CallAsync(agent)).AttemptId;
        await scene.MarkAsync(agent, attempt, CallState.NoAnswer);
        await scene.RecordAsync(agent, attempt, DeskScene.Outcome(outcome));

        await scene.PassTimeAsync(TimeSpan.FromDays(9));
        await scene.SqlAsync("update orders set as_of = @Now where shop_id = @Shop", new { scene.Now, scene.Shop });
        await scene.SqlAsync("insert into candidates values (@Shop, 'PaymentReminder', @order, @Now) on conflict do nothing", new { scene.Shop, order, scene.Now });
        await scene.PlanAsync();

        Assert.IsType<HoldResult.NothingWaiting>(await scene.HoldAsync(agent));
        Assert.Equal(1, await scene.AttemptsAsync(order));
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
