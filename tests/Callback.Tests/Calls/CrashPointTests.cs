using Callback.Calls;
using Callback.FollowUps;
using Callback.Telephony;
using Callback.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Callback.Tests.Calls;

/// <summary>Every point at which a process, its network or its line may break between the hold and the result, and what stands afterwards.</summary>
public sealed class CrashPointTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_gates_commit_never_arrives_nothing_happened_and_the_card_may_be_dialed_again()
    {
        var line = new ScriptedLine();
        await using var scene = await DeskScene.OpenAsync(database, replace: With(line));
        await using var network = new LossyProxy(database.ConnectionString);
        await using var node = scene.Node(network.Db, With(line));
        var (agent, hold, order) = await HeldAsync(scene);

        network.Next = LossyProxy.Loss.Request;
        await Assert.ThrowsAsync<GateNotPassedException>(() => node.Get<DialCall>().RunAsync(agent, new(hold), default));

        Assert.Empty(line.Rings);
        Assert.Equal(0, await scene.AttemptsAsync(order));
        Assert.IsType<DialResult.Dialing>(await scene.Get<DialCall>().RunAsync(agent, new(hold), default));
        Assert.Single(line.Rings);
    }

    [Fact]
    public async Task The_answer_to_the_gates_commit_is_lost_so_nothing_is_sent_and_one_technical_call_may_follow()
    {
        var line = new ScriptedLine();
        await using var scene = await DeskScene.OpenAsync(database, replace: With(line));
        await using var network = new LossyProxy(database.ConnectionString);
        await using var node = scene.Node(network.Db, With(line));
        var (agent, hold, order) = await HeldAsync(scene);

        network.Next = LossyProxy.Loss.Answer;
        var lost = Assert.IsType<DialResult.NotPlaced>(await node.Get<DialCall>().RunAsync(agent, new(hold), default));

        Assert.Equal("commit-lost", lost.Reason);
        Assert.Empty(line.Rings);
        Assert.Equal("NotPlaced", await scene.StateAsync(lost.AttemptId));
        Assert.Equal(1, await scene.AttemptsAsync(order));
        await CallAgainAsync(scene, agent, "Technical");
        Assert.Single(line.Rings);
        Assert.Equal(2, await scene.AttemptsAsync(order));
    }

    [Fact]
    public async Task The_node_dies_between_the_gate_and_the_line_and_the_attempt_ends_as_spent_without_a_ring()
    {
        var line = new ScriptedLine { Place = (_, _) => throw new InvalidOperationException("unreachable") };
        await using var scene = await DeskScene.OpenAsync(database, replace: With(line));
        var (agent, hold, order) = await HeldAsync(scene);
        // What a node leaves that is killed after the commit: an attempt that stands as Dialing.
        var gate = await scene.Get<DialGate>().PassAsync(agent, agent.UserId!.Value, [scene.Shop], hold, default);
        var attempt = Assert.IsType<GateAnswer.Go>(gate).AttemptId;
        var reconcile = scene.Get<ReconcileCalls>();

        await reconcile.RunOnceAsync(scene.Now.AddSeconds(30), default);
        Assert.Equal("Dialing", await scene.StateAsync(attempt));
        var at = scene.Now.AddSeconds(61);
        await reconcile.RunOnceAsync(at, default);
        Assert.Equal("Unknown", await scene.StateAsync(attempt));
        await reconcile.RunOnceAsync(at.AddMinutes(7.6), default);
        Assert.Equal("Unknown", await scene.StateAsync(attempt));
        await reconcile.RunOnceAsync(at.AddMinutes(14), default);
        Assert.Equal("Unknown", await scene.StateAsync(attempt));
        await reconcile.RunOnceAsync(at.AddMinutes(15.3), default);

        Assert.Equal("Spent", await scene.StateAsync(attempt));
        Assert.Equal(1, await scene.AttemptsAsync(order));
        Assert.Equal(0, await scene.OneAsync<int>("select count(*)::integer from call_grants where shop_id = @Shop", new { scene.Shop }));
        await scene.PassTimeAsync(TimeSpan.FromMinutes(20));
        await scene.PlanAsync();
        Assert.IsType<HoldResult.NothingWaiting>(await scene.HoldAsync(agent));
    }

    [Fact]
    public async Task The_node_dies_after_the_gate_on_the_manual_line_and_the_number_was_certainly_not_shown()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, hold, _) = await HeldAsync(scene);
        var gate = await scene.Get<DialGate>().PassAsync(agent, agent.UserId!.Value, [scene.Shop], hold, default);
        var attempt = Assert.IsType<GateAnswer.Go>(gate).AttemptId;
        Assert.Null((await scene.Get<GetDesk>().FindCardAsync(agent, hold, default))!.Number);

        await scene.PassTimeAsync(TimeSpan.FromSeconds(61));
        await scene.Get<ReconcileCalls>().RunOnceAsync(scene.Now, default);

        Assert.Equal("NotPlaced", await scene.StateAsync(attempt));
        await CallAgainAsync(scene, agent, "Technical");
    }

    [Fact]
    public async Task A_process_that_was_paused_behind_the_gate_wakes_past_the_deadline_and_sends_nothing()
    {
        var line = new ScriptedLine();
        await using var scene = await DeskScene.OpenAsync(database, replace: With(line));
        await using var node = scene.Node(With(new PausedLine(line)));
        var (agent, hold, _) = await HeldAsync(scene);
        node.Get<PausedLine>().Time = node.Time;

        var result = Assert.IsType<DialResult.NotPlaced>(await node.Get<DialCall>().RunAsync(agent, new(hold), default));

        Assert.Empty(line.Rings);
        Assert.Equal("deadline", await scene.OneAsync<string>("select refusal from attempts where attempt_id = @AttemptId", new { result.AttemptId }));
    }

    [Fact]
    public async Task A_line_that_breaks_in_flight_leaves_the_attempt_unknown_and_is_never_asked_again()
    {
        var asked = 0;
        var line = new ScriptedLine();
        line.Place = (call, _) =>
        {
            asked++;
            line.Ring(call);
            throw new HttpRequestException("the answer was cut off");
        };
        await using var scene = await DeskScene.OpenAsync(database, replace: With(line));
        var (agent, hold, _) = await HeldAsync(scene);

        var dialing = Assert.IsType<DialResult.Dialing>(await scene.Get<DialCall>().RunAsync(agent, new(hold), default));
        Assert.Equal(AttemptState.Unknown, dialing.State);
        line.Find = call => new FoundCall.Found(ScriptedLine.IdOf(call));
        await scene.Get<ReconcileCalls>().RunOnceAsync(scene.Now.AddSeconds(61), default);

        Assert.Equal("Placed", await scene.StateAsync(dialing.AttemptId));
        Assert.Equal(1, asked);
        line.Poll = call => [line.Event(scene, call.AttemptId, CallState.NoAnswer, 3, scene.Now)];
        await scene.Get<PollLines>().RunOnceAsync(scene.Now, default);
        Assert.Equal("Ended", await scene.StateAsync(dialing.AttemptId));
    }

    [Fact]
    public async Task Late_proof_of_a_call_that_counted_as_spent_is_taken_in_and_its_result_is_asked_for_aside()
    {
        var line = new ScriptedLine { Place = (_, _) => Task.FromResult<LineAnswer>(new LineAnswer.Unknown("timed out")) };
        await using var scene = await DeskScene.OpenAsync(database, replace: With(line));
        var (agent, hold, _) = await HeldAsync(scene);
        var attempt = Assert.IsType<DialResult.Dialing>(await scene.Get<DialCall>().RunAsync(agent, new(hold), default)).AttemptId;
        for (var look = 0; look < 3; look++)
            await scene.Get<ReconcileCalls>().RunOnceAsync(scene.Now.AddSeconds(61).AddMinutes(8 * look), default);
        Assert.Equal("Spent", await scene.StateAsync(attempt));

        await scene.Get<RecordLineEvent>().RunAsync(line.Event(scene, attempt, CallState.Completed, 4, scene.Now), scene.Now, default);

        Assert.Equal("Ended", await scene.StateAsync(attempt));
        Assert.Equal("Later", await scene.OneAsync<string>("select wrap_up from attempts where attempt_id = @attempt", new { attempt }));
        Assert.Equal(attempt, (await scene.Get<GetDesk>().RunAsync(agent, default)).WrapUps.Single().AttemptId);
    }

    [Theory]
    [InlineData(false, "Open")]
    [InlineData(true, "Later")]
    public async Task The_result_of_a_call_whose_answer_was_lost_is_asked_for_aside_only_from_an_agent_with_another_card(bool another, string wrapUp)
    {
        foreach (var events in new CallState[][] { [CallState.Ringing, CallState.Completed], [CallState.Completed, CallState.Ringing] })
        {
            var line = new ScriptedLine { Place = (_, _) => Task.FromResult<LineAnswer>(new LineAnswer.Unknown("timed out")) };
            await using var scene = await DeskScene.OpenAsync(database, replace: With(line));
            var (agent, hold, _) = await HeldAsync(scene);
            var attempt = Assert.IsType<DialResult.Dialing>(await scene.Get<DialCall>().RunAsync(agent, new(hold), default)).AttemptId;
            if (another)
            {
                await scene.OrderAsync();
                await scene.PlanAsync();
                await scene.TakeAsync(agent);
            }

            foreach (var state in events)
                await scene.Get<RecordLineEvent>().RunAsync(line.Event(scene, attempt, state, (int)state, scene.Now), scene.Now, default);

            Assert.Equal(wrapUp, await scene.OneAsync<string>("select wrap_up from attempts where attempt_id = @attempt", new { attempt }));
        }
    }

    [Fact]
    public async Task A_line_that_refuses_for_certain_gives_one_technical_call_and_no_second()
    {
        var line = new ScriptedLine { Place = (_, _) => Task.FromResult<LineAnswer>(new LineAnswer.Refused("429")) };
        await using var scene = await DeskScene.OpenAsync(database, replace: With(line));
        var (agent, hold, order) = await HeldAsync(scene);

        Assert.IsType<DialResult.NotPlaced>(await scene.Get<DialCall>().RunAsync(agent, new(hold), default));
        await scene.PlanAsync();
        Assert.IsType<DialResult.NotPlaced>(await scene.Get<DialCall>().RunAsync(agent, new(await scene.TakeAsync(agent)), default));
        await scene.PlanAsync();

        Assert.IsType<HoldResult.NothingWaiting>(await scene.HoldAsync(agent));
        Assert.Equal(2, await scene.AttemptsAsync(order));
    }

    [Fact]
    public async Task The_answer_to_a_results_commit_is_lost_and_the_page_that_sends_it_again_gets_what_was_saved()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        await using var network = new LossyProxy(database.ConnectionString);
        await using var node = scene.Node(network.Db);
        var (agent, hold, _) = await HeldAsync(scene);
        var attempt = Assert.IsType<DialResult.Dialing>(await scene.DialAsync(agent, hold)).AttemptId;
        await scene.MarkAsync(agent, attempt, CallState.NoAnswer);
        var submission = Ids.New(scene.Now);
        var input = new RecordResultInput(attempt, submission, DeskScene.Outcome("NoAnswer"));

        network.Next = LossyProxy.Loss.Answer;
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => node.Get<RecordResult>().RunAsync(agent, input, default));
        var again = await node.Get<RecordResult>().RunAsync(agent, input, default);

        Assert.Equal((1, true), (again.Revision, again.Repeated));
        Assert.Equal(1, await scene.OneAsync<int>("select count(*)::integer from results where attempt_id = @attempt", new { attempt }));
    }

    [Fact]
    public async Task The_results_commit_never_arrives_and_the_page_that_sends_it_again_saves_it()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        await using var network = new LossyProxy(database.ConnectionString);
        await using var node = scene.Node(network.Db);
        var (agent, hold, _) = await HeldAsync(scene);
        var attempt = Assert.IsType<DialResult.Dialing>(await scene.DialAsync(agent, hold)).AttemptId;
        var input = new RecordResultInput(attempt, Ids.New(scene.Now), DeskScene.Outcome("NoAnswer"));

        network.Next = LossyProxy.Loss.Request;
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => node.Get<RecordResult>().RunAsync(agent, input, default));
        Assert.Equal(0, await scene.OneAsync<int>("select count(*)::integer from results where attempt_id = @attempt", new { attempt }));
        var again = await node.Get<RecordResult>().RunAsync(agent, input, default);

        Assert.Equal((1, false), (again.Revision, again.Repeated));
    }

    [Fact]
    public async Task An_agent_who_vanished_leaves_a_wrap_up_card_for_a_manager_and_never_a_new_dial()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, hold, order) = await HeldAsync(scene);
        var manager = await scene.AgentAsync("boss", Role.Manager);
        var attempt = Assert.IsType<DialResult.Dialing>(await scene.DialAsync(agent, hold)).AttemptId;
        await scene.MarkAsync(agent, attempt, CallState.Answered);
        var abandon = scene.Get<AbandonCalls>();

        await abandon.RunOnceAsync(scene.Now.AddMinutes(14), default);
        Assert.Equal("Placed", await scene.StateAsync(attempt));
        await abandon.RunOnceAsync(scene.Now.AddMinutes(16), default);

        Assert.Equal("Ended", await scene.StateAsync(attempt));
        Assert.Equal(WrapUpState.Abandoned, (await scene.Get<GetDesk>().RunAsync(agent, default)).WrapUps.Single().WrapUp);
        Assert.Equal(attempt, (await scene.Get<ListAbandonedCalls>().RunAsync(manager, default)).Single().AttemptId);
        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Get<ListAbandonedCalls>().RunAsync(agent, default));
        Assert.Equal(attempt, (await scene.Get<GetDesk>().FindCardAsync(manager, hold, default))!.AttemptId);
        var recorded = await scene.RecordAsync(manager, attempt, DeskScene.Outcome("WillPay"));
        Assert.Equal(1, recorded.Revision);
        await scene.PassTimeAsync(TimeSpan.FromMinutes(20));
        await scene.PlanAsync();
        Assert.IsType<HoldResult.NothingWaiting>(await scene.HoldAsync(agent));
        Assert.Equal(1, await scene.AttemptsAsync(order));
        Assert.Equal(0, await scene.OneAsync<int>("select talk_seconds from follow_ups where attempt_id = @attempt", new { attempt }));
    }

    [Theory]
    [InlineData("57014")]
    [InlineData("57P01")]
    public async Task A_commit_that_the_replica_did_not_confirm_is_not_acknowledged_and_nothing_is_sent(string warning)
    {
        var line = new ScriptedLine();
        await using var own = new OwnDatabase();
        await using var scene = await DeskScene.OpenAsync(await own.OpenAsync(), replace: With(line));
        var (agent, hold, _) = await HeldAsync(scene);
        // As PostgreSQL answers when the wait for its synchronous replica is cut short: success, with a warning.
        await scene.SqlAsync(
            $"""
            create function warn() returns trigger language plpgsql as $$
            begin
                raise warning 'canceling wait for synchronous replication' using errcode = '{warning}';
                return null;
            end $$;
            create constraint trigger in_doubt after insert on attempts deferrable initially deferred for each row execute function warn()
            """);

        var result = Assert.IsType<DialResult.NotPlaced>(await scene.Get<DialCall>().RunAsync(agent, new(hold), default));

        Assert.Equal("commit-lost", result.Reason);
        Assert.Empty(line.Rings);
    }

    private static async Task<(Actor Agent, Guid Hold, string Order)> HeldAsync(DeskScene scene)
    {
        var agent = await scene.AgentAsync();
        var order = await scene.OrderAsync();
        await scene.PlanAsync();
        var hold = await scene.TakeAsync(agent);
        await scene.Get<SaveDraft>().RunAsync(agent, hold, DeskScene.Ticked, default);
        return (agent, hold, order);
    }

    private static async Task CallAgainAsync(DeskScene scene, Actor agent, string kind)
    {
        await scene.PlanAsync();
        var again = await scene.CallAsync(agent);
        Assert.Equal(kind, await scene.OneAsync<string>("select kind from attempts where attempt_id = @AttemptId", new { again.AttemptId }));
    }

    private static Action<IServiceCollection> With(ILine line) => services =>
    {
        foreach (var shipped in services.Where(service => service.ServiceType == typeof(ILine)).ToList())
            services.Remove(shipped);
        services.AddSingleton(line);
        if (line is PausedLine paused)
            services.AddSingleton(paused);
    };

    /// <summary>The process is stopped for three seconds just before the line would write its first byte.</summary>
    private sealed class PausedLine(ScriptedLine inner) : ILine
    {
        public SceneTime? Time { get; set; }

        public string Name => inner.Name;

        public LineCapabilities Capabilities => inner.Capabilities;

        public Task<LineAnswer> PlaceAsync(LineCall call, Deadline deadline, CancellationToken ct)
        {
            Time!.Paused += TimeSpan.FromSeconds(3);
            return inner.PlaceAsync(call, deadline, ct);
        }

        public Task<LineEvent?> HangUpAsync(LineCall call, CancellationToken ct) => inner.HangUpAsync(call, ct);

        public Task<FoundCall> FindAsync(LineCall call, CancellationToken ct) => inner.FindAsync(call, ct);

        public Task<IReadOnlyList<LineEvent>> PollAsync(LineCall call, CancellationToken ct) => inner.PollAsync(call, ct);
    }
}
