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

    [Fact]
    public async Task Orders_of_one_person_make_one_call_also_over_a_third_order()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("A", phone: "1");
        await shop.OrderAsync("B", phone: "1", buyer: "x", ageHours: 3);
        await shop.OrderAsync("C", phone: "2", buyer: "x", ageHours: 4);
        await shop.OrderAsync("D", phone: "3");
        await shop.Planner.RunOnceAsync(Now, default);
        Assert.Equal(["A B C", "D"], await shop.QueuedOrdersAsync());
    }

    [Fact]
    public async Task An_order_that_comes_later_joins_the_call_of_its_person_under_the_same_id()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("A", phone: "1");
        await shop.Planner.RunOnceAsync(Now, default);
        var before = Assert.Single(await shop.QueueAsync());
        await shop.OrderAsync("B", phone: "1", ageHours: 1);
        await shop.Planner.RunOnceAsync(Now, default);
        var after = Assert.Single(await shop.QueueAsync());
        Assert.Equal((before.QueuedCallId, "A B", before.Fence + 1), (after.QueuedCallId, after.Orders, after.Fence));
        Assert.Empty(await shop.ExitsAsync());
    }

    [Fact]
    public async Task An_order_that_joins_two_persons_makes_one_call_of_their_two_and_the_other_leaves_with_its_reason()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("A", phone: "1");
        await shop.OrderAsync("B", phone: "2", buyer: "x");
        await shop.Planner.RunOnceAsync(Now, default);
        Assert.Equal(["A", "B"], await shop.QueuedOrdersAsync());
        await shop.OrderAsync("C", phone: "1", buyer: "x");
        await shop.Planner.RunOnceAsync(Now, default);
        Assert.Equal(["A B C"], await shop.QueuedOrdersAsync());
        Assert.Equal("Merged", Assert.Single(await shop.ExitsAsync()).Reason);
    }

    [Fact]
    public async Task A_call_in_an_agents_hands_is_not_touched_and_what_comes_new_waits_for_its_end()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("A", phone: "1");
        await shop.Planner.RunOnceAsync(Now, default);
        var call = Assert.Single(await shop.QueueAsync());
        await shop.HoldAsync(call.QueuedCallId, Now.AddMinutes(5));
        await shop.OrderAsync("B", phone: "1", ageHours: 1);
        await shop.OfferAsync("A", Now);
        await shop.Planner.RunOnceAsync(Now, default);
        var held = Assert.Single(await shop.QueueAsync());
        Assert.Equal((call.QueuedCallId, "A", true), (held.QueuedCallId, held.Orders, held.Held));
        Assert.Equal([new("B", Now.AddMinutes(5), null)], await shop.CandidatesAsync());
    }

    [Fact]
    public async Task A_hold_that_runs_out_goes_back_with_another_fence_and_one_in_time_stays()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("A", phone: "1");
        await shop.OrderAsync("B", phone: "2");
        await shop.Planner.RunOnceAsync(Now, default);
        var calls = await shop.QueueAsync();
        await shop.HoldAsync(calls[0].QueuedCallId, Now);
        var expired = await new ExpireHolds(database.Db).RunOnceAsync(Now, default);
        Assert.Equal(1, expired.Holds);
        var back = (await shop.QueueAsync()).Single(call => call.QueuedCallId == calls[0].QueuedCallId);
        Assert.Equal((false, 2), (back.Held, back.Fence));
        await shop.HoldAsync(calls[0].QueuedCallId, Now.AddSeconds(1));
        Assert.Equal(0, (await new ExpireHolds(database.Db).RunOnceAsync(Now, default)).Holds);
    }

    [Fact]
    public async Task What_was_not_called_in_its_window_is_planned_afresh_for_the_next()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("A");
        await shop.Planner.RunOnceAsync(Now, default);
        var noon = new DateTimeOffset(2026, 3, 16, 4, 0, 0, TimeSpan.Zero);
        await shop.Planner.RunOnceAsync(noon, default);
        var call = Assert.Single(await shop.QueueAsync());
        Assert.Equal((noon.AddHours(4), noon.AddHours(8.5).AddSeconds(-45)), (call.DueAt, call.FreshUntil));
        Assert.Equal("Stale", Assert.Single(await shop.ExitsAsync()).Reason);
    }

    [Fact]
    public async Task Before_the_window_opens_the_queue_is_full_and_nothing_is_planned_for_more_than_a_day_ahead()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("A");
        var night = new DateTimeOffset(2026, 3, 16, 20, 0, 0, TimeSpan.Zero);
        await shop.RunAsync("update orders set as_of = @night where shop_id = @Shop", new { night, shop.Shop });
        await shop.Planner.RunOnceAsync(night, default);
        Assert.Equal(night.AddHours(7), Assert.Single(await shop.QueueAsync()).DueAt);

        var holiday = await OpenAsync();
        var golden = new DateTimeOffset(2026, 10, 1, 3, 20, 0, TimeSpan.Zero);
        await holiday.OrderAsync("B", now: golden);
        await holiday.Planner.RunOnceAsync(holiday.Shop, golden, default);
        Assert.Empty(await holiday.QueueAsync());
        Assert.Equal(BlockReason.WindowClosed, Assert.Single(await holiday.CandidatesAsync()).BlockedReason);
    }

    [Fact]
    public async Task A_paused_campaigns_calls_leave_and_come_back_when_it_runs_again()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("A");
        await shop.Planner.RunOnceAsync(Now, default);
        await shop.RunAsync("update campaigns set status = 'Paused' where shop_id = @Shop", new { shop.Shop });
        await shop.Planner.RunOnceAsync(Now, default);
        Assert.Empty(await shop.QueueAsync());
        Assert.Equal(nameof(BlockReason.CampaignNotRunning), Assert.Single(await shop.ExitsAsync()).Reason);
        await shop.RunAsync("update campaigns set status = 'Running' where shop_id = @Shop", new { shop.Shop });
        await shop.Planner.RunOnceAsync(Now, default);
        Assert.Equal(["A"], await shop.QueuedOrdersAsync());
    }

    [Fact]
    public async Task Orders_that_were_paid_or_suppressed_since_leave_the_queue_with_the_reason()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("PAID", phone: "1");
        await shop.OrderAsync("STAYS", phone: "1", ageHours: 2);
        await shop.OrderAsync("QUIET", phone: "2");
        await shop.Planner.RunOnceAsync(Now, default);
        await shop.RunAsync("update orders set status = 'Paid' where shop_id = @Shop and order_no = 'PAID'", new { shop.Shop });
        await shop.SuppressAsync(phone: "2", doNotCall: true);
        await shop.Planner.RunOnceAsync(Now.AddMinutes(4), default);
        Assert.Equal(["STAYS"], await shop.QueuedOrdersAsync());
        Assert.Equal([new(nameof(BlockReason.DoNotCall), "QUIET")], await shop.ExitsAsync());
    }

    [Fact]
    public async Task A_campaign_that_starts_after_the_orders_came_finds_them_batch_by_batch_and_those_called_already_stay_away()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("A", phone: "1");
        await shop.OrderAsync("B", phone: "2", ageHours: 40);
        await shop.OrderAsync("CALLED", phone: "3");
        await shop.CallAsync("CALLED", phone: "9");
        await shop.RunAsync("delete from candidates where shop_id = @Shop; update campaigns set refill_from = @from where shop_id = @Shop", new { shop.Shop, from = Now.AddDays(-3) });
        await shop.Planner.RunOnceAsync(Now, default);
        Assert.Equal(["A", "B"], await shop.QueuedOrdersAsync());
        Assert.Empty(await shop.CandidatesAsync());
        Assert.Empty(await shop.ReadAsync<Guid>("select campaign_id from campaigns where shop_id = @Shop and refill_from is not null", new { shop.Shop }));
    }

    [Theory]
    [InlineData(Purpose.DeliveryProblem, OrderStatus.Shipped, "delivery_problem_at")]
    [InlineData(Purpose.OutOfStock, OrderStatus.Paid, "out_of_stock_at")]
    [InlineData(Purpose.RefundOrDispute, OrderStatus.Shipped, "refund_requested_at")]
    [InlineData(Purpose.ResolutionCheck, OrderStatus.Closed, "complaint_closed_at")]
    public async Task A_campaign_about_reports_finds_the_orders_that_have_one_and_no_others(Purpose purpose, OrderStatus status, string fact)
    {
        var shop = await OpenAsync();
        foreach (var (no, phone) in new[] { ("REPORTED", "1"), ("QUIET", "2"), ("LONG-AGO", "3") })
            await shop.OrderAsync(no, phone: phone, ageHours: 500, status: status);
        await shop.OrderAsync("PASSED", phone: "4", ageHours: 500, status: OrderStatus.Unpaid);
        await shop.RunAsync($"update orders set {fact} = @at where shop_id = @Shop and order_no in ('REPORTED', 'PASSED')", new { shop.Shop, at = Now.AddHours(-2) });
        await shop.RunAsync($"update orders set {fact} = @at where shop_id = @Shop and order_no = 'LONG-AGO'", new { shop.Shop, at = Now.AddHours(-73) });
        var campaign = await shop.CampaignAsync(purpose);
        await shop.RunAsync("update campaigns set refill_from = @from where shop_id = @Shop and campaign_id = @campaign", new { shop.Shop, campaign, from = Now.AddHours(-100) });
        await shop.Planner.RunOnceAsync(Now, default);
        Assert.Equal([(purpose, "REPORTED")], (await shop.QueueAsync()).Select(call => (call.Purpose, call.Orders)));
    }

    [Fact]
    public async Task Agents_who_wait_are_woken_when_something_comes_into_the_queue_and_only_then()
    {
        var shop = await OpenAsync();
        await using var listener = await database.Source.OpenConnectionAsync();
        var heard = new List<string>();
        listener.Notification += (_, notice) => heard.Add(notice.Payload);
        await using (var listen = new Npgsql.NpgsqlCommand("listen queue", listener))
            await listen.ExecuteNonQueryAsync();
        await shop.OrderAsync("YOUNG", ageHours: 0.1);
        await shop.Planner.RunOnceAsync(shop.Shop, Now, default);
        await shop.OrderAsync("A", phone: "2");
        await shop.Planner.RunOnceAsync(shop.Shop, Now, default);
        await using (var look = new Npgsql.NpgsqlCommand("select 1", listener))
            await look.ExecuteNonQueryAsync();
        Assert.Equal([shop.Shop.Value], heard.Where(payload => payload == shop.Shop.Value));
    }

    [Fact]
    public async Task A_shop_whose_lease_another_node_has_is_left_to_it()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("A");
        await using (var other = await database.Db.BeginAsync(shop.Shop, default))
        {
            Assert.True(await ShopLease.TryTakeAsync(other, shop.Shop, default));
            Assert.Equal(PlanCounts.None, await shop.Planner.RunOnceAsync(shop.Shop, Now, default));
        }
        await shop.Planner.RunOnceAsync(shop.Shop, Now, default);
        Assert.Equal(["A"], await shop.QueuedOrdersAsync());
    }

    [Fact]
    public async Task A_campaign_that_asks_too_much_leaves_the_order_to_the_next_of_the_same_purpose()
    {
        var shop = await OpenAsync();
        await shop.RunAsync("update campaigns set min_amount = 1000 where shop_id = @Shop", new { shop.Shop });
        var second = await shop.CampaignAsync(createdAt: Now.AddMinutes(1));
        await shop.OrderAsync("SMALL", phone: "1");
        await shop.OrderAsync("LARGE", phone: "2", amount: 2000);
        await shop.Planner.RunOnceAsync(Now, default);
        var campaigns = (await shop.QueueAsync()).ToDictionary(call => call.Orders, call => call.CampaignId);
        Assert.Equal((second, shop.Reminder), (campaigns["SMALL"], campaigns["LARGE"]));
    }

    [Fact]
    public async Task Another_shops_rows_are_not_touched()
    {
        var shop = await OpenAsync();
        var other = await OpenAsync();
        await shop.OrderAsync("A", phone: "1");
        await other.OrderAsync("A", phone: "1");
        await shop.Planner.RunOnceAsync(shop.Shop, Now, default);
        Assert.Equal(["A"], await shop.QueuedOrdersAsync());
        Assert.Empty(await other.QueueAsync());
        Assert.Single(await other.CandidatesAsync());
    }

    private Task<PlanningScene> OpenAsync() => new PlanningScene(database).OpenAsync();
}
