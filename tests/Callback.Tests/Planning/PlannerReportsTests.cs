using Callback.Orders;
using Callback.Planning;
using Callback.Tests.Support;

namespace Callback.Tests.Planning;

/// <summary>The queue follows what is reported about orders, and what is taken back, with the next pass.</summary>
public sealed class PlannerReportsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Now = PlanningScene.Morning;
    private static readonly Actor Clerk = Actor.System("clerk");

    [Fact]
    public async Task A_report_that_is_taken_back_takes_the_queued_call_with_it()
    {
        var shop = await OpenAsync(Purpose.RefundOrDispute);
        await shop.OrderAsync("A", phone: "1", ageHours: 30, status: OrderStatus.Delivered, refundHours: 2);
        await shop.OrderAsync("B", phone: "2", ageHours: 30, status: OrderStatus.Delivered, refundHours: 2);
        await shop.Planner.RunOnceAsync(Now, default);
        Assert.Equal(["A", "B"], await shop.QueuedOrdersAsync());

        Assert.IsType<WithdrawReportResult.Withdrawn>(await new WithdrawReport(database.Db, new ManualTime(Now)).RunAsync(Clerk, new(shop.Shop, OrderNo.Parse("A"), Purpose.RefundOrDispute, "another order"), default));
        await shop.Planner.RunOnceAsync(shop.Shop, Now, default);

        Assert.Equal(["B"], await shop.QueuedOrdersAsync());
        Assert.Equal([new("NoCase", "A")], await shop.ExitsAsync());
        Assert.Empty(await shop.ReadAsync<string>("select order_no from candidates where shop_id = @Shop and purpose = 'RefundOrDispute'", new { shop.Shop }));
    }

    [Fact]
    public async Task A_delivery_call_back_waits_while_a_refund_is_open_and_comes_back_once_it_is_closed()
    {
        var shop = await OpenAsync(Purpose.DeliveryCallBack);
        await shop.OrderAsync("A", phone: "1", ageHours: 30, status: OrderStatus.Delivered);
        await shop.Planner.RunOnceAsync(Now, default);
        Assert.Equal(["A"], await shop.QueuedOrdersAsync());

        await ReportAsync(shop, Purpose.RefundOrDispute, Now);
        await shop.Planner.RunOnceAsync(shop.Shop, Now, default);
        Assert.Empty(await shop.QueuedOrdersAsync());
        Assert.Equal([new("RefundOpen", "A")], await shop.ExitsAsync());
        Assert.Contains(new("A", Now.AddHours(-30 + 72), BlockReason.RefundOpen), await shop.CandidatesAsync());

        await ReportAsync(shop, Purpose.ResolutionCheck, Now.AddMinutes(1));
        await shop.Planner.RunOnceAsync(shop.Shop, Now.AddMinutes(1), default);
        Assert.Equal(["A"], await shop.QueuedOrdersAsync());
    }

    private async Task ReportAsync(PlanningScene shop, Purpose purpose, DateTimeOffset at) =>
        Assert.IsType<ReportCaseResult.Reported>(await new ReportCase(database.Db, new ManualTime(at)).RunAsync(Clerk, new(shop.Shop, OrderNo.Parse("A"), purpose, "words"), default));

    private async Task<PlanningScene> OpenAsync(Purpose purpose)
    {
        var shop = await new PlanningScene(database).OpenAsync();
        await shop.RunAsync("update campaigns set purpose = @purpose where shop_id = @Shop", new { purpose = purpose.ToString(), shop.Shop });
        return shop;
    }
}
