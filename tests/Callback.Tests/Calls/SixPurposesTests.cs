using Callback.Calls;
using Callback.CallScripts;
using Callback.Orders;
using Callback.Telephony;
using Callback.Tests.Support;

namespace Callback.Tests.Calls;

/// <summary>From the report to the log: every purpose beyond payment and delivery is planned, spoken and recorded.</summary>
public sealed class SixPurposesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData(Purpose.DeliveryProblem, "Shipped", "arrived", "卡在杭州转运中心", "WillWait", "greet:self moment:good arrived:no address:same choice:wait", "等待催查")]
    [InlineData(Purpose.OutOfStock, "Paid", "explain-defect", "鞋面划痕", "SwapAgreed", "greet:self moment:good purpose:defect offer:other swap:agrees swap-note:same", "换款")]
    [InlineData(Purpose.RefundOrDispute, "Delivered", "what", "鞋头挤脚", "RefundGoesOn", "greet:self moment:good what:size proof:sent propose:refund ask-again:yes", "退款")]
    [InlineData(Purpose.ResolutionCheck, "Refunded", "done", "换大一码", "Resolved", "greet:self moment:good done:yes content:yes suggestion:none", "已兑现")]
    public async Task A_reported_order_is_called_with_its_own_script(Purpose purpose, string status, string node, string words, string outcome, string talk, string promised)
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        await scene.CampaignAsync(purpose);
        var order = await scene.OrderAsync(status: status);
        await scene.OrderAsync(status: status);
        await new ReportCase(scene.Db, scene.Time).RunAsync(Actor.System("test"), new(scene.Shop, OrderNo.Parse(order), purpose, words, At: scene.Now.AddHours(-25)), default);
        await scene.PlanAsync();

        var hold = await scene.TakeAsync(agent);
        var card = (await scene.Get<GetDesk>().FindCardAsync(agent, hold, default))!;
        Assert.Equal((purpose, order), (card.Purpose, card.Orders.Single().OrderNo));
        var script = (await scene.Get<ScriptFinder>().FindAsync(scene.Shop, card.CallScript, card.ScriptVersion, card.Talk.Language, default))!;
        Assert.Contains(words, script[node].Text.Render(ScriptValues.Of(card.Talk)), StringComparison.Ordinal);

        var attempt = Assert.IsType<DialResult.Dialing>(await scene.DialAsync(agent, hold)).AttemptId;
        await scene.MarkAsync(agent, attempt, CallState.Answered);
        await scene.MarkAsync(agent, attempt, CallState.Completed);
        var draft = DeskScene.Outcome(outcome, "说好了") with
        {
            Answers = talk.Split(' ').Select(answer => answer.Split(':')).ToDictionary(answer => answer[0], answer => NodeAnswer.Of(answer[1])),
            Reasons = purpose == Purpose.RefundOrDispute ? ["WrongSize"] : null,
        };
        await scene.RecordAsync(agent, attempt, draft);
        Assert.Equal((outcome, promised), await scene.OneAsync<(string, string)>("select outcome, promised from follow_ups where attempt_id = @attempt", new { attempt }));
        await scene.PlanAsync();
        Assert.IsNotType<HoldResult.Held>(await scene.HoldAsync(agent));
    }

    [Fact]
    public async Task A_pack_in_one_language_is_spoken_and_recorded_in_it_whatever_the_shop_speaks()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        await scene.SqlAsync("update campaigns set call_script = 'formal-en/payment-reminder' where campaign_id = @Campaign", new { scene.Campaign });
        await scene.OrderAsync();
        await scene.PlanAsync();
        var hold = await scene.TakeAsync(agent);
        Assert.Equal("en", (await scene.Get<GetDesk>().FindCardAsync(agent, hold, default))!.Talk.Language);
        var attempt = Assert.IsType<DialResult.Dialing>(await scene.DialAsync(agent, hold)).AttemptId;
        Assert.Equal("en", (await scene.Get<GetDesk>().FindCardAsync(agent, hold, default))!.Talk.Language);
        await scene.MarkAsync(agent, attempt, CallState.Completed);
        await scene.RecordAsync(agent, attempt, DeskScene.Outcome("ThinksItOver") with
        {
            Answers = new Dictionary<string, NodeAnswer> { ["greet"] = NodeAnswer.Of("self"), ["moment"] = NodeAnswer.Of("good"), ["purpose"] = NodeAnswer.Of("tells"), ["causes"] = NodeAnswer.Of("quality") },
        });
        Assert.Equal("Quality or authenticity", await scene.OneAsync<string>("select problem from follow_ups where attempt_id = @attempt", new { attempt }));
    }

    [Fact]
    public async Task Stock_the_offers_end_and_the_holiday_that_is_near_can_be_spoken_of()
    {
        await using var scene = await DeskScene.OpenAsync(database, "cn-default", at: new(2026, 9, 24, 3, 5, 0, TimeSpan.Zero));
        var agent = await scene.AgentAsync();
        var order = await scene.OrderAsync();
        await scene.SqlAsync("update orders set stock_left = 3, offer_ends_on = '2026-09-30' where shop_id = @Shop and order_no = @order", new { scene.Shop, order });
        await scene.PlanAsync();
        var talk = ScriptValues.Of((await scene.Get<GetDesk>().FindCardAsync(agent, await scene.TakeAsync(agent), default))!.Talk);
        Assert.Equal(("3", "9月30日", "祝您中秋节快乐", "下一个工作日下班前"), (talk.Text("stockLeft"), talk.Text("offerEnds"), talk.Text("wish"), talk.Text("answerBy")));
    }
}
