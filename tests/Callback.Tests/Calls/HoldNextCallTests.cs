using Callback.Calls;
using Callback.Planning;
using Callback.Tests.Support;

namespace Callback.Tests.Calls;

public sealed class HoldNextCallTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task An_agent_has_one_card_however_often_the_button_is_pressed()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        await scene.OrderAsync();
        await scene.OrderAsync();
        await scene.PlanAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => scene.HoldAsync(agent)));

        Assert.Single(results.OfType<HoldResult.Held>().Select(held => held.HoldId).Distinct());
        Assert.Equal(1, await scene.OneAsync<int>("select count(*)::integer from queued_calls where shop_id = @Shop and held_by is not null", new { scene.Shop }));
    }

    [Fact]
    public async Task No_two_agents_hold_the_same_call()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        for (var i = 0; i < 12; i++)
            await scene.OrderAsync();
        await scene.PlanAsync();
        var agents = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => scene.AgentAsync()));

        var results = await Task.WhenAll(agents.Select(scene.HoldAsync));

        var held = results.OfType<HoldResult.Held>().ToList();
        Assert.Equal(12, held.Count);
        Assert.Equal(12, await scene.OneAsync<int>("select count(distinct held_by)::integer from queued_calls where shop_id = @Shop", new { scene.Shop }));
    }

    [Fact]
    public async Task A_call_that_was_paid_meanwhile_leaves_the_queue_with_its_reason_and_the_next_is_handed_out()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        var dear = await scene.OrderAsync(amount: 900);
        var cheap = await scene.OrderAsync(amount: 20);
        await scene.PlanAsync();
        await scene.SqlAsync("update orders set status = 'Paid' where shop_id = @Shop and order_no = @dear", new { scene.Shop, dear });

        var hold = await scene.TakeAsync(agent);

        var orders = await scene.AllAsync<string>(
            "select o.order_no from queued_calls q join queued_call_orders o using (shop_id, queued_call_id) where q.hold_id = @hold", new { hold });
        Assert.Equal([cheap], orders);
        Assert.Equal("OrderPaid", await scene.OneAsync<string>("select reason from queue_exits where shop_id = @Shop and order_nos = array[@dear]", new { scene.Shop, dear }));
    }

    [Fact]
    public async Task Only_the_paid_order_leaves_a_card_of_several()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        var paid = await scene.OrderAsync("+8613811112222");
        var open = await scene.OrderAsync("+8613811112222");
        await scene.PlanAsync();
        await scene.SqlAsync("update orders set status = 'Paid' where shop_id = @Shop and order_no = @paid", new { scene.Shop, paid });

        var hold = await scene.TakeAsync(agent);

        Assert.Equal([open], await scene.AllAsync<string>(
            "select o.order_no from queued_calls q join queued_call_orders o using (shop_id, queued_call_id) where q.hold_id = @hold", new { hold }));
    }

    [Fact]
    public async Task Outside_the_window_nothing_is_handed_out_and_the_answer_says_when_it_opens()
    {
        var lunch = new DateTimeOffset(2026, 11, 23, 5, 0, 0, TimeSpan.Zero);
        await using var scene = await DeskScene.OpenAsync(database, "cn-default", at: lunch);
        var agent = await scene.AgentAsync();
        await scene.OrderAsync(source: "File");
        await scene.PlanAsync();

        var nothing = Assert.IsType<HoldResult.NothingWaiting>(await scene.HoldAsync(agent));

        Assert.Equal(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero), nothing.OpensAt);
        await scene.MoveToAsync(nothing.OpensAt!.Value.AddSeconds(1));
        Assert.IsType<HoldResult.Held>(await scene.HoldAsync(agent));
    }

    [Fact]
    public async Task A_lane_whose_window_is_closed_is_passed_by_for_one_that_is_open()
    {
        await using var scene = await DeskScene.OpenAsync(database, "cn-default");
        var agent = await scene.AgentAsync();
        await scene.OrderAsync(amount: 5000, zone: "America/New_York");
        var here = await scene.OrderAsync(amount: 10);
        await scene.PlanAsync();

        var hold = await scene.TakeAsync(agent);

        Assert.Equal([here], await scene.AllAsync<string>(
            "select o.order_no from queued_calls q join queued_call_orders o using (shop_id, queued_call_id) where q.hold_id = @hold", new { hold }));
        Assert.IsType<HoldResult.NothingWaiting>(await scene.HoldAsync(await scene.AgentAsync()));
    }

    [Fact]
    public async Task A_hold_that_ran_out_is_nobodys_and_the_card_comes_round_again()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (slow, quick) = (await scene.AgentAsync(), await scene.AgentAsync());
        await scene.OrderAsync();
        await scene.PlanAsync();
        var late = await scene.TakeAsync(slow);

        await scene.PassTimeAsync(TimeSpan.FromMinutes(6));
        await scene.Get<ExpireHolds>().RunOnceAsync(scene.Now, default);
        var fresh = await scene.TakeAsync(quick);

        Assert.NotEqual(late, fresh);
        Assert.IsType<DialResult.HoldLost>(await scene.DialAsync(slow, late));
        Assert.IsType<DialResult.Dialing>(await scene.DialAsync(quick, fresh));
    }

    [Fact]
    public async Task A_skipped_card_goes_behind_the_others_and_is_counted()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        await scene.OrderAsync(amount: 900);
        await scene.OrderAsync(amount: 20);
        await scene.PlanAsync();
        var first = await scene.TakeAsync(agent);
        var skipped = await scene.OneAsync<Guid>("select queued_call_id from queued_calls where hold_id = @first", new { first });

        Assert.Equal(HoldOutcome.Done, await scene.Get<SkipCall>().RunAsync(agent, new(first, "speaks another language"), default));
        var second = await scene.TakeAsync(agent);

        Assert.NotEqual(skipped, await scene.OneAsync<Guid>("select queued_call_id from queued_calls where hold_id = @second", new { second }));
        Assert.Equal(1, (await scene.Get<GetDesk>().RunAsync(agent, default)).Today.Skips);
        Assert.Equal(HoldOutcome.HoldLost, await scene.Get<SkipCall>().RunAsync(agent, new(first, "again"), default));
    }

    [Fact]
    public async Task Agents_that_a_campaign_leaves_out_get_none_of_its_calls()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (chosen, other) = (await scene.AgentAsync(), await scene.AgentAsync());
        await scene.SqlAsync("insert into campaign_agents values (@Shop, @Campaign, @UserId)", new { scene.Shop, scene.Campaign, chosen.UserId });
        await scene.OrderAsync();
        await scene.PlanAsync();

        Assert.IsType<HoldResult.NothingWaiting>(await scene.HoldAsync(other));
        Assert.IsType<HoldResult.Held>(await scene.HoldAsync(chosen));
    }

    [Fact]
    public async Task A_pause_gives_the_card_back_to_its_place()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        await scene.OrderAsync();
        await scene.PlanAsync();
        var hold = await scene.TakeAsync(agent);

        await scene.Get<SetAgentState>().RunAsync(agent, new(AgentState.Paused, "meal"), default);

        Assert.IsType<DialResult.HoldLost>(await scene.DialAsync(agent, hold));
        var desk = await scene.Get<GetDesk>().RunAsync(agent, default);
        Assert.Equal((AgentState.Paused, "meal", null), (desk.State, desk.PauseReason, desk.Card));
        Assert.Equal(0, await scene.OneAsync<int>("select skips from queued_calls where shop_id = @Shop", new { scene.Shop }));
    }

    [Fact]
    public async Task Another_agents_hold_can_neither_be_dialed_nor_skipped_nor_given_back()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (holder, other) = (await scene.AgentAsync(), await scene.AgentAsync());
        await scene.OrderAsync();
        await scene.PlanAsync();
        var hold = await scene.TakeAsync(holder);

        Assert.IsType<DialResult.HoldLost>(await scene.DialAsync(other, hold));
        Assert.Equal(HoldOutcome.HoldLost, await scene.Get<SkipCall>().RunAsync(other, new(hold, "mine"), default));
        Assert.Equal(HoldOutcome.HoldLost, await scene.Get<ReleaseHold>().RunAsync(other, hold, default));
        Assert.Null(await scene.Get<SaveDraft>().RunAsync(other, hold, DeskScene.Ticked, default));
        Assert.Null(await scene.Get<GetDesk>().FindCardAsync(other, hold, default));
    }

    [Fact]
    public async Task Already_paid_marks_the_orders_closes_the_card_and_spends_nothing()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        var order = await scene.OrderAsync();
        await scene.PlanAsync();
        var hold = await scene.TakeAsync(agent);

        Assert.Equal(HoldOutcome.Done, await scene.Get<AlreadyPaid>().RunAsync(agent, hold, null, default));

        Assert.Equal("Paid", await scene.OneAsync<string>("select status from orders where shop_id = @Shop and order_no = @order", new { scene.Shop, order }));
        Assert.Equal(0, await scene.AttemptsAsync(order));
        Assert.Equal("OrderPaid", await scene.OneAsync<string>("select reason from queue_exits where shop_id = @Shop", new { scene.Shop }));
        Assert.IsType<DialResult.HoldLost>(await scene.DialAsync(agent, hold));
    }
}
