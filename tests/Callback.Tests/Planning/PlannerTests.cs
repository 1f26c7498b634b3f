using Callback.Planning;
using Callback.Tests.Support;

namespace Callback.Tests.Planning;

public sealed class PlannerTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Now = PlanningScene.Morning;

    [Fact]
    public async Task Callable_orders_are_queued_and_leave_the_candidates_while_others_wait_with_their_reason()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("CALLABLE", phone: "1");
        await shop.OrderAsync("YOUNG", phone: "2", ageHours: 0.25);
        await shop.OrderAsync("OLD", phone: "3", ageHours: 80);
        await shop.OrderAsync("MASKED", phone: null, kind: "Masked");
        await shop.Planner.RunOnceAsync(Now, default);
        Assert.Equal(["CALLABLE"], await shop.QueuedOrdersAsync());
        Assert.Equal(
            [
                new("MASKED", Now.AddHours(67), BlockReason.NumberMasked),
                new("YOUNG", Now.AddHours(0.25), BlockReason.TooYoung),
            ],
            await shop.CandidatesAsync());
    }

    [Fact]
    public async Task A_second_pass_changes_nothing()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("A");
        await shop.Planner.RunOnceAsync(Now, default);
        var first = await shop.QueueAsync();
        var counts = await shop.Planner.RunOnceAsync(Now, default);
        Assert.Equal(PlanCounts.None, counts);
        Assert.Equal(first, await shop.QueueAsync());
    }

    private Task<PlanningScene> OpenAsync() => new PlanningScene(database).OpenAsync();
}
