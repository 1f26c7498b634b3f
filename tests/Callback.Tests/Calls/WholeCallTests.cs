using Callback.Calls;
using Callback.Telephony;
using Callback.Tests.Support;

namespace Callback.Tests.Calls;

/// <summary>A call from the queue to the log, the way an agent goes.</summary>
public sealed class WholeCallTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_held_call_is_dialed_talked_and_recorded_once()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        var order = await scene.OrderAsync("+8613800138000");
        await scene.PlanAsync();

        var hold = await scene.TakeAsync(agent);
        var dialing = Assert.IsType<DialResult.Dialing>(await scene.DialAsync(agent, hold));
        Assert.Equal("+8613800138000", dialing.Number?.E164);
        await scene.MarkAsync(agent, dialing.AttemptId, CallState.Ringing);
        await scene.MarkAsync(agent, dialing.AttemptId, CallState.Answered);
        var ended = await scene.MarkAsync(agent, dialing.AttemptId, CallState.Completed);
        Assert.Equal((AttemptState.Ended, WrapUpState.Open), (ended.State, ended.WrapUp));
        var recorded = await scene.RecordAsync(agent, dialing.AttemptId, DeskScene.Outcome("WillPay"));

        Assert.Equal(1, recorded.Revision);
        Assert.Equal("WillPay", await scene.OneAsync<string>("select outcome from follow_ups where attempt_id = @AttemptId", new { dialing.AttemptId }));
        Assert.Equal("Done", await scene.OneAsync<string>("select wrap_up from attempts where attempt_id = @AttemptId", new { dialing.AttemptId }));
        await scene.PlanAsync();
        Assert.IsType<HoldResult.NothingWaiting>(await scene.HoldAsync(agent));
        Assert.Equal(1, await scene.AttemptsAsync(order));
    }
}
