using Callback.Calls;
using Callback.Telephony;
using Callback.Tests.Support;

namespace Callback.Tests.Calls;

public sealed class GetDeskTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_same_card_is_read_from_any_node_at_every_step()
    {
        await using var scene = await DeskScene.OpenAsync(database, "cn-default");
        await using var other = scene.Node();
        var agent = await scene.AgentAsync();
        await scene.OrderAsync("+8613800138001", source: "File");
        await scene.OrderAsync("+8613800138001", source: "File");
        await scene.PlanAsync();

        var hold = await scene.TakeAsync(agent);
        var held = (await other.Get<GetDesk>().RunAsync(agent, default)).Card!;
        Assert.Equal((CardPhase.Held, 2, true), (held.Phase, held.Orders.Count, held.LookUpFirst));
        Assert.Equal("儿童套装", held.Orders[0].Items.Single().Title);
        Assert.InRange(held.HeldUntil!.Value - scene.Now, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 4, 0, 0, TimeSpan.Zero), held.WindowClosesAt);
        Assert.Contains("amount", held.Why.Keys);

        var attempt = Assert.IsType<DialResult.Dialing>(await scene.DialAsync(agent, hold)).AttemptId;
        Assert.Equal(CardPhase.Calling, (await other.Get<GetDesk>().RunAsync(agent, default)).Card!.Phase);
        await scene.MarkAsync(agent, attempt, CallState.Answered);
        Assert.Equal(CardPhase.Talking, (await other.Get<GetDesk>().RunAsync(agent, default)).Card!.Phase);
        await scene.MarkAsync(agent, attempt, CallState.Completed);
        var wrapUp = (await other.Get<GetDesk>().RunAsync(agent, default)).Card!;
        Assert.Equal((CardPhase.WrapUp, null), (wrapUp.Phase, wrapUp.Number));
        Assert.Contains("amount", wrapUp.Why.Keys);

        await scene.RecordAsync(agent, attempt, DeskScene.Outcome("WillPay", "fine"));
        var desk = await other.Get<GetDesk>().RunAsync(agent, default);
        Assert.Null(desk.Card);
        Assert.Equal((1, 1, 1), (desk.Today.Calls, desk.Today.Reached, desk.Today.Results));
        var recorded = (await other.Get<GetDesk>().FindCardAsync(agent, hold, default))!;
        Assert.Equal((1, "fine"), (recorded.Revision, recorded.Draft.Note));
    }

    [Fact]
    public async Task Earlier_contacts_with_the_person_stand_on_the_card()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        await scene.OrderAsync("+8613800138002");
        await scene.PlanAsync();
        var attempt = (await scene.CallAsync(agent)).AttemptId;
        await scene.MarkAsync(agent, attempt, CallState.Completed);
        await scene.RecordAsync(agent, attempt, DeskScene.Outcome("WillPay", "calls tonight"));
        await scene.PassTimeAsync(TimeSpan.FromHours(30));
        await scene.OrderAsync("+8613800138002");
        await scene.PlanAsync();

        var hold = await scene.TakeAsync(agent);

        var earlier = (await scene.Get<GetDesk>().FindCardAsync(agent, hold, default))!.Earlier.Single();
        Assert.Equal(("WillPay", "calls tonight", true), (earlier.Outcome, earlier.Note, earlier.Reached));
    }

    [Fact]
    public async Task The_campaigns_say_what_waits_and_until_when_their_window_is_open()
    {
        await using var scene = await DeskScene.OpenAsync(database, "cn-default");
        var agent = await scene.AgentAsync();
        for (var i = 0; i < 3; i++)
            await scene.OrderAsync(source: "File");
        await scene.PlanAsync();

        var open = (await scene.Get<GetDesk>().RunAsync(agent, default)).Campaigns.Single();
        await scene.MoveToAsync(new DateTimeOffset(2026, 11, 23, 5, 0, 0, TimeSpan.Zero));
        var closed = await scene.Get<GetDesk>().RunAsync(agent, default);

        Assert.Equal((3, new DateTimeOffset(2026, 11, 23, 3, 59, 15, TimeSpan.Zero)), (open.Ready, open.OpenUntil));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero), closed.OpensAt);
        Assert.Equal(closed.OpensAt, closed.Campaigns.Single().OpensAt);
    }

    [Fact]
    public async Task A_practice_call_goes_by_itself_and_its_end_opens_the_wrap_up()
    {
        await using var scene = await DeskScene.OpenAsync(database, practice: true);
        var agent = await scene.AgentAsync();
        await scene.OrderAsync();
        await scene.PlanAsync();
        var attempt = (await scene.CallAsync(agent)).AttemptId;

        await scene.PassTimeAsync(TimeSpan.FromMinutes(6));
        var standing = await scene.Get<RefreshCall>().RunAsync(agent, attempt, default);

        Assert.Equal((AttemptState.Ended, WrapUpState.Open, true), (standing.State, standing.WrapUp, standing.Changed));
        var expected = PracticeCustomer.Of(1, attempt).Steps[^1].State;
        Assert.Equal(expected, standing.CallState);
    }
}
