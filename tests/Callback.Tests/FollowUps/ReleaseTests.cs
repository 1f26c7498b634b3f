using Callback.Calls;
using Callback.FollowUps;
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
        await scene.Get<ApproveRelease>().RunAsync(approves, new(scene.Shop, attempt), default);

        // Spent counts as a call of the person, and the cap of the day applies to a release like to any call.
        await scene.PassTimeAsync(TimeSpan.FromHours(25));
        await scene.SqlAsync("update orders set as_of = @Now where shop_id = @Shop", new { scene.Now, scene.Shop });
        line.Place = null;
        await scene.PlanAsync();
        Assert.Equal(AttemptState.Placed, Assert.IsType<DialResult.Dialing>(await DialNextAsync(scene, agent)).State);
        Assert.Equal(2, await scene.AttemptsAsync(order));
        Assert.Equal("release-exists", (await Assert.ThrowsAsync<InvalidInputException>(
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
    public async Task Agents_release_nothing_and_schedulers_approve_nothing()
    {
        await using var scene = await OpenAsync();
        var (agent, attempt, _) = await SpentAsync(scene);
        var scheduler = await scene.AgentAsync("plans", Role.Scheduler);

        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Get<RequestRelease>().RunAsync(agent, new(scene.Shop, attempt, "please"), default));
        await scene.Get<RequestRelease>().RunAsync(scheduler, new(scene.Shop, attempt, "please"), default);
        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Get<ApproveRelease>().RunAsync(scheduler, new(scene.Shop, attempt), default));
    }

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
