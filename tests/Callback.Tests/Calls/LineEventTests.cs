using Callback.Calls;
using Callback.Telephony;
using Callback.Tests.Support;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Tests.Calls;

public sealed class LineEventTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly CallState[] Story = [CallState.Initiated, CallState.Ringing, CallState.Answered, CallState.Completed];

    [Fact]
    public async Task Any_order_and_any_repetition_of_a_calls_events_ends_in_the_same_state()
    {
        var line = new ScriptedLine();
        await using var scene = await DeskScene.OpenAsync(database, replace: services => services.AddSingleton<ILine>(line));
        await using var plain = scene.Node(services =>
        {
            foreach (var shipped in services.Where(service => service.ServiceType == typeof(ILine)).ToList())
                services.Remove(shipped);
            services.AddSingleton<ILine>(line);
        });
        var agent = await scene.AgentAsync();
        var shuffles = Gen.Choose(0, Story.Length - 1).ListOf(10).Select(more => Story.Concat(more.Select(index => Story[index])).ToArray())
            .SelectMany(events => Gen.Shuffle(events)).Sample(12);
        foreach (var shuffle in shuffles)
        {
            await scene.OrderAsync();
            await scene.PlanAsync();
            var attempt = Assert.IsType<DialResult.Dialing>(await plain.Get<DialCall>().RunAsync(agent, new(await scene.TakeAsync(agent), DeskScene.Ticked), default)).AttemptId;
            var at = scene.Now;
            foreach (var state in shuffle)
                await plain.Get<RecordLineEvent>().RunAsync(line.Event(scene, attempt, state, (int)state, at.AddSeconds((int)state)), at, default);

            Assert.Equal(
                ("Ended", "Completed", "Open", 4L),
                await scene.OneAsync<(string, string, string, long)>(
                    "select state, call_state, wrap_up, (select count(*) from line_events where attempt_id = @attempt) from attempts where attempt_id = @attempt", new { attempt }));
            await scene.SqlAsync("update attempts set wrap_up = 'Later' where attempt_id = @attempt", new { attempt });
        }
    }

    [Fact]
    public async Task An_event_of_a_call_nobody_knows_is_kept_and_changes_nothing()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var line = new ScriptedLine("twilio");

        var standing = await scene.Get<RecordLineEvent>().RunAsync(line.Event(scene, Ids.New(scene.Now), CallState.Ringing, 1, scene.Now), scene.Now, default);

        Assert.Null(standing);
        Assert.Equal(1, await scene.OneAsync<int>("select count(*)::integer from line_events where shop_id = @Shop and attempt_id is null", new { scene.Shop }));
    }

    [Fact]
    public async Task An_event_with_another_calls_id_is_not_believed()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        await scene.OrderAsync();
        await scene.PlanAsync();
        var attempt = (await scene.CallAsync(agent)).AttemptId;

        var forged = new LineEvent(scene.Shop, "manual", "manual-other", 9, CallState.Completed, scene.Now, attempt);
        Assert.Null(await scene.Get<RecordLineEvent>().RunAsync(forged, scene.Now, default));

        Assert.Equal("Placed", await scene.StateAsync(attempt));
    }

    [Fact]
    public async Task Only_the_agent_of_the_call_may_press_its_buttons()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, other) = (await scene.AgentAsync(), await scene.AgentAsync());
        await scene.OrderAsync();
        await scene.PlanAsync();
        var attempt = (await scene.CallAsync(agent)).AttemptId;

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => scene.MarkAsync(other, attempt, CallState.Completed));

        Assert.Equal("attempt-unknown", refusal.Problems.Single().Code);
        Assert.Equal("Placed", await scene.StateAsync(attempt));
    }

    [Fact]
    public async Task A_button_pressed_late_does_not_take_a_call_back()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        await scene.OrderAsync();
        await scene.PlanAsync();
        var attempt = (await scene.CallAsync(agent)).AttemptId;
        await scene.MarkAsync(agent, attempt, CallState.Completed);

        var late = await scene.MarkAsync(agent, attempt, CallState.Ringing);

        Assert.Equal((AttemptState.Ended, CallState.Completed, false), (late.State, late.CallState, late.Changed));
    }
}
