using Callback.Planning;
using Callback.Tests.Support;

namespace Callback.Tests.Planning;

/// <summary>Further calls that were promised, repair something or were released, in the queue.</summary>
public sealed class PlannerGrantsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Now = PlanningScene.Morning;

    [Fact]
    public async Task A_promised_call_goes_before_all_others_and_is_kept_between_the_windows()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("RICH", phone: "1", amount: 9_000_000);
        await shop.OrderAsync("PROMISED", phone: "2", ageHours: 100);
        var call = await shop.CallAsync("PROMISED", phone: "2", hoursAgo: 3);
        await shop.GrantAsync("PROMISED", call, "Promised", Now.AddHours(1.5), Now.AddHours(2.5));
        await shop.Planner.RunOnceAsync(Now, default);
        Assert.Equal(["RICH"], await shop.QueuedOrdersAsync());
        var between = Now.AddHours(1.6);
        await shop.Planner.RunOnceAsync(between, default);
        var first = (await shop.QueueAsync())[0];
        Assert.Equal(("PROMISED", CallKind.Promised, between, Now.AddHours(2.5)), (first.Orders, first.Kind, first.DueAt, first.FreshUntil));
    }

    [Fact]
    public async Task A_promise_that_was_missed_is_closed_and_becomes_a_task_of_the_agent()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("A");
        await shop.GrantAsync("A", await shop.CallAsync("A", hoursAgo: 3), "Promised", Now.AddHours(-2), Now);
        Assert.True((await new ExpireHolds(database.Db).RunOnceAsync(Now, default)).Grants >= 1);
        Assert.Equal(0, (await new ExpireHolds(database.Db).RunOnceAsync(Now, default)).Grants);
        await shop.Planner.RunOnceAsync(Now, default);
        Assert.Empty(await shop.QueueAsync());
        var task = Assert.Single(await shop.ReadAsync<(string Kind, string Order, Guid Owner)>(
            "select kind, order_no, owner_id from follow_up_tasks where shop_id = @Shop", new { shop.Shop }));
        Assert.Equal(("MissedCallBack", "A", PlanningScene.Agent), task);
    }

    [Fact]
    public async Task A_promise_to_a_customer_who_paid_or_wants_no_calls_is_dropped_with_the_reason()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("PAID", phone: "1");
        await shop.OrderAsync("QUIET", phone: "2");
        await shop.OrderAsync("KEPT", phone: "3");
        foreach (var (order, phone) in new[] { ("PAID", "1"), ("QUIET", "2"), ("KEPT", "3") })
            await shop.GrantAsync(order, await shop.CallAsync(order, phone, hoursAgo: 3), "Promised", Now.AddHours(-0.5), Now.AddHours(1));
        await shop.RunAsync("update orders set status = 'Paid' where shop_id = @Shop and order_no = 'PAID'", new { shop.Shop });
        await shop.SuppressAsync(phone: "2", doNotCall: true);
        await shop.Planner.QueueDueGrantsAsync(Now, default);
        Assert.Equal(["KEPT"], await shop.QueuedOrdersAsync());
        Assert.Equal(
            [("KEPT", null), ("PAID", nameof(BlockReason.OrderPaid)), ("QUIET", nameof(BlockReason.DoNotCall))],
            await shop.ReadAsync<(string, string?)>("select order_no, close_reason from call_grants where shop_id = @Shop order by order_no", new { shop.Shop }));
    }

    [Fact]
    public async Task A_release_that_nobody_approved_is_not_planned()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("A");
        await shop.GrantAsync("A", await shop.CallAsync("A"), "Released", Now.AddHours(-1), Now.AddHours(9), approved: false);
        await shop.Planner.RunOnceAsync(Now, default);
        Assert.Empty(await shop.QueueAsync());
    }

    private Task<PlanningScene> OpenAsync() => new PlanningScene(database).OpenAsync();
}
