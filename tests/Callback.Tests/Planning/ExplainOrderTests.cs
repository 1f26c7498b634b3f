using System.Collections.Frozen;
using Callback.Planning;
using Callback.Tests.Support;

namespace Callback.Tests.Planning;

public sealed class ExplainOrderTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Now = PlanningScene.Morning;

    private static readonly DateTimeOffset Noon = new(2026, 3, 16, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task It_says_since_when_an_order_is_callable_and_where_it_stands_in_the_queue()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("RICH", phone: "1", amount: 9000);
        await shop.OrderAsync("A", phone: "2");
        await shop.Planner.RunOnceAsync(shop.Shop, Now, default);
        var told = await ExplainAsync(shop, "A");
        Assert.IsType<Eligibility.Eligible>(told.Eligibility);
        Assert.Equal((Now.AddHours(-4.5), 1L, null), (told.Since, told.Queued!.Ahead, told.Queued.HeldUntil));
    }

    [Fact]
    public async Task Where_only_the_hour_is_against_it_it_says_when_it_would_be_called_or_what_else_stands_behind()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("A", phone: "1");
        await shop.OrderAsync("OLD", phone: "2", ageHours: 70);
        var waits = await ExplainAsync(shop, "A", Noon);
        Assert.Equal(BlockReason.WindowClosed, Assert.IsType<Eligibility.Blocked>(waits.Eligibility).Reason);
        Assert.Equal((Noon.AddHours(4), null), (waits.PlannedFor, waits.Behind));
        Assert.Equal(BlockReason.TooOld, (await ExplainAsync(shop, "OLD", Noon)).Behind!.Reason);
    }

    [Fact]
    public async Task Without_a_report_it_says_that_there_is_none_and_with_one_the_age_counts_from_it()
    {
        var shop = await OpenAsync();
        await shop.RunAsync("update campaigns set purpose = 'RefundOrDispute' where shop_id = @Shop", new { shop.Shop });
        await shop.OrderAsync("QUIET", phone: "1", ageHours: 200, status: OrderStatus.Delivered);
        await shop.OrderAsync("ASKED", phone: "2", ageHours: 200, status: OrderStatus.Delivered, refundHours: 2);
        Assert.Equal(BlockReason.NoCase, Reason(await ExplainAsync(shop, "QUIET")));
        var asked = await ExplainAsync(shop, "ASKED");
        Assert.IsType<Eligibility.Eligible>(asked.Eligibility);
        Assert.Equal(Now.AddHours(-1.5), asked.Since);
    }

    [Fact]
    public async Task A_delivery_call_back_that_waits_for_an_open_refund_says_so_and_since_when()
    {
        var shop = await OpenAsync();
        await shop.RunAsync("update campaigns set purpose = 'DeliveryCallBack' where shop_id = @Shop", new { shop.Shop });
        await shop.OrderAsync("ASKED", phone: "1", ageHours: 30, status: OrderStatus.Delivered, refundHours: 2);
        await shop.OrderAsync("SETTLED", phone: "2", ageHours: 30, status: OrderStatus.Delivered, refundHours: 2, closedHours: 1);
        var asked = await ExplainAsync(shop, "ASKED");
        Assert.Equal((BlockReason.RefundOpen, Now.AddHours(-2)), (Reason(asked), asked.Since));
        Assert.IsType<Eligibility.Eligible>((await ExplainAsync(shop, "SETTLED")).Eligibility);
    }

    [Fact]
    public async Task Yesterday_is_judged_by_what_was_known_yesterday()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("PAID", phone: "1", ageHours: 30);
        await shop.OrderAsync("CALLED", phone: "2", ageHours: 30);
        await shop.OrderAsync("QUIET", phone: "3", ageHours: 30);
        await shop.RunAsync("update orders set status = 'Paid', paid_at = @at where shop_id = @Shop and order_no = 'PAID'", new { shop.Shop, at = Now.AddHours(-2) });
        await shop.CallAsync("CALLED", phone: "2", hoursAgo: 2);
        await shop.SuppressAsync(phone: "3");
        await shop.RunAsync("update suppressions set created_at = @at where shop_id = @Shop", new { shop.Shop, at = Now.AddHours(-2) });
        Assert.Equal(BlockReason.OrderPaid, Reason(await ExplainAsync(shop, "PAID")));
        Assert.Equal(BlockReason.RightSpent, Reason(await ExplainAsync(shop, "CALLED")));
        Assert.Equal(BlockReason.Suppressed, Reason(await ExplainAsync(shop, "QUIET")));
        foreach (var order in new[] { "PAID", "CALLED", "QUIET" })
            Assert.IsType<Eligibility.Eligible>((await ExplainAsync(shop, order, Now.AddHours(-24))).Eligibility);
    }

    [Fact]
    public async Task It_says_since_when_the_right_is_spent_the_order_paid_and_the_customer_suppressed()
    {
        var shop = await OpenAsync();
        await shop.OrderAsync("CALLED", phone: "2");
        await shop.CallAsync("CALLED", phone: "2", hoursAgo: 2);
        Assert.Equal(Now.AddHours(-2), (await ExplainAsync(shop, "CALLED")).Since);
        await shop.OrderAsync("PAID", phone: "3");
        await shop.RunAsync("update orders set status = 'Paid', paid_at = @at where shop_id = @Shop and order_no = 'PAID'", new { shop.Shop, at = Now.AddHours(-1) });
        Assert.Equal(Now.AddHours(-1), (await ExplainAsync(shop, "PAID")).Since);
    }

    [Theory]
    [InlineData(OrderStatus.Delivered, 5, OrderStatus.Delivered)]
    [InlineData(OrderStatus.Delivered, 15, OrderStatus.Shipped)]
    [InlineData(OrderStatus.Delivered, 25, OrderStatus.Paid)]
    [InlineData(OrderStatus.Delivered, 35, OrderStatus.Unpaid)]
    [InlineData(OrderStatus.Closed, 3, OrderStatus.Delivered)]
    [InlineData(OrderStatus.Closed, 1, OrderStatus.Closed)]
    public void An_order_is_taken_back_step_by_step(OrderStatus status, int hoursAgo, OrderStatus then)
    {
        var dates = new OrderDates(status, Now.AddHours(-40), Now.AddHours(-30), Now.AddHours(-20), Now.AddHours(-10), status == OrderStatus.Closed ? Now.AddHours(-2) : null, Now);
        Assert.Equal(then, dates.StatusAt(Now.AddHours(-hoursAgo), Now));
    }

    [Fact]
    public async Task An_order_that_is_not_the_shops_does_not_exist_and_an_agent_may_not_ask()
    {
        var shop = await OpenAsync();
        Assert.Null(await Explain(Now).RunAsync(Actor.System("test"), new(shop.Shop, OrderNo.Parse("NONE")), default));
        var agent = new Actor(PlanningScene.Agent, "agent", new Dictionary<ShopId, FrozenSet<Permission>> { [shop.Shop] = Permissions.Of(Role.Agent) }.ToFrozenDictionary(), []);
        await Assert.ThrowsAsync<NotPermittedException>(() => Explain(Now).RunAsync(agent, new(shop.Shop, OrderNo.Parse("NONE")), default));
    }

    private static BlockReason Reason(CampaignExplanation told) => Assert.IsType<Eligibility.Blocked>(told.Eligibility).Reason;

    private ExplainOrder Explain(DateTimeOffset now)
    {
        var scene = new PlanningScene(database);
        return new(database.Db, new ManualTime(now), scene.CampaignFacts, scene.Facts);
    }

    private async Task<CampaignExplanation> ExplainAsync(PlanningScene shop, string order, DateTimeOffset? at = null) =>
        Assert.Single((await Explain(Now).RunAsync(Actor.System("test"), new(shop.Shop, OrderNo.Parse(order), at), default))!.Campaigns);

    private Task<PlanningScene> OpenAsync() => new PlanningScene(database).OpenAsync();
}
