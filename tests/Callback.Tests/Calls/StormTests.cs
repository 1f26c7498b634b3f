using System.Collections.Concurrent;
using System.Security.Cryptography;
using Callback.Calls;
using Callback.Database;
using Callback.Planning;
using Callback.Telephony;
using Callback.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Callback.Tests.Calls;

/// <summary>
/// Agents on three nodes, payments, opt-outs, expiring holds, planner passes, lost answers and killed connections, all at once for some seconds.
/// The line's own log of rings is the truth.
/// </summary>
public sealed class StormTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Agents = 8;
    private const int Orders = 400;
    private readonly ConcurrentDictionary<string, int> survived = new();

    private const int Enough = 60;

    /// <summary>It is over as soon as enough phones have rung; a machine that is busy with other things needs longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Nobody_is_rung_twice_by_one_right_nor_after_a_word_and_no_acknowledged_result_is_lost()
    {
        var line = new ScriptedLine { Find = call => new FoundCall.NotListed() };
        var rung = new ConcurrentDictionary<Guid, int>();
        line.Place = (call, deadline) => Task.FromResult(Answer(line, call, deadline, rung));
        await using var scene = await DeskScene.OpenAsync(database, replace: With(line));
        var nodes = new[] { scene, scene.Node(With(line)), scene.Node(With(line)) };
        var numbers = new List<string>();
        for (var i = 0; i < Orders; i++)
            numbers.Add(await scene.OrderAsync($"+86137{i / 2:00000000}", buyer: $"b{i / 4}"));
        var acknowledged = new ConcurrentBag<Guid>();
        await scene.PlanAsync();
        using var stop = new CancellationTokenSource(Longest);
        line.Rung = () =>
        {
            if (rung.Count >= Enough)
                stop.Cancel();
        };
        var people = await Task.WhenAll(Enumerable.Range(0, Agents).Select(_ => scene.AgentAsync()));

        await Task.WhenAll(
            people.Select((agent, i) => WorkAsync(nodes[i % 3], agent, line, acknowledged, stop.Token))
                .Append(PayAsync(scene, numbers, stop.Token))
                .Append(OptOutAsync(scene, stop.Token))
                .Append(PassesAsync(nodes[1], stop.Token))
                .Append(KillAsync(stop.Token)));

        var rightsOfOrders = await scene.AllAsync<(string Order, long Rights, long Grants)>(
            """
            select r.order_no, count(*), (select count(*) from call_grants g where g.shop_id = @Shop and g.order_no = r.order_no and g.close_reason = 'Used')
            from attempt_rights r
            where r.shop_id = @Shop
            group by r.order_no
            """,
            new { scene.Shop });
        Assert.All(rightsOfOrders, row => Assert.Equal(1 + row.Grants, row.Rights));
        Assert.All(rung, ring => Assert.Equal(1, ring.Value));
        Assert.True(rung.Count > 20, $"only {rung.Count} rings: the storm did not blow; {string.Join("; ", survived)}");
        Assert.Empty(rung.Keys.Except(await scene.AllAsync<Guid>("select attempt_id from attempts where shop_id = @Shop", new { scene.Shop })));
        Assert.Empty(rung.Keys.Intersect(await scene.AllAsync<Guid>("select attempt_id from attempts where shop_id = @Shop and state = 'NotPlaced'", new { scene.Shop })));
        Assert.Empty(acknowledged.Except(await scene.AllAsync<Guid>("select submission_id from submissions where shop_id = @Shop", new { scene.Shop })));
        var report = await scene.Get<VerifyInvariants>().RunAsync(Actor.System("test"), default);
        Assert.True(report.Clean, string.Join("; ", report.Invariants.SelectMany(invariant => invariant.Violations)));
        foreach (var node in nodes[1..])
            await node.DisposeAsync();
    }

    private static LineAnswer Answer(ScriptedLine line, LineCall call, Deadline deadline, ConcurrentDictionary<Guid, int> rung)
    {
        if (deadline.Passed)
            return new LineAnswer.Refused("deadline");
        switch (RandomNumberGenerator.GetInt32(10))
        {
            case 0:
                return new LineAnswer.Refused("429");
            case 1:
                return new LineAnswer.Unknown("lost before it arrived");
            case 2:
                rung.AddOrUpdate(call.AttemptId, 1, (_, times) => times + 1);
                return new LineAnswer.Unknown("answer lost");
            default:
                rung.AddOrUpdate(call.AttemptId, 1, (_, times) => times + 1);
                line.Ring(call);
                line.Rung?.Invoke();
                return new LineAnswer.Accepted(ScriptedLine.IdOf(call));
        }
    }

    private async Task WorkAsync(DeskScene node, Actor agent, ScriptedLine line, ConcurrentBag<Guid> acknowledged, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            await SurviveAsync(async () =>
            {
                if (await node.Get<HoldNextCall>().RunAsync(agent, new(), default) is not HoldResult.Held held)
                {
                    await Task.Yield();
                    return;
                }
                var card = await node.Get<GetDesk>().FindCardAsync(agent, held.HoldId, default);
                if (card is { AttemptId: { } open })
                {
                    await FinishAsync(node, agent, line, open, acknowledged);
                    return;
                }
                if (RandomNumberGenerator.GetInt32(8) == 0)
                {
                    await node.Get<SkipCall>().RunAsync(agent, new(held.HoldId, "storm"), default);
                    return;
                }
                // Two clicks at once, now and then.
                var dials = await Task.WhenAll(Enumerable.Range(0, 1 + RandomNumberGenerator.GetInt32(2)).Select(_ => node.DialAsync(agent, held.HoldId)));
                if (dials.OfType<DialResult.Dialing>().FirstOrDefault(dial => dial.State == AttemptState.Placed) is { } placed)
                    await FinishAsync(node, agent, line, placed.AttemptId, acknowledged);
            });
    }

    private static async Task FinishAsync(DeskScene node, Actor agent, ScriptedLine line, Guid attempt, ConcurrentBag<Guid> acknowledged)
    {
        await node.Get<RecordLineEvent>().RunAsync(line.Event(node, attempt, CallState.NoAnswer, 3, node.Now), node.Now, default);
        var submission = Ids.New(node.Now);
        var saved = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ =>
            node.RecordAsync(agent, attempt, DeskScene.Outcome(RandomNumberGenerator.GetInt32(12) == 0 ? "DoNotCall" : "NoAnswer"), submission)));
        if (saved.Length > 0)
            acknowledged.Add(submission);
    }

    private async Task PayAsync(DeskScene scene, List<string> numbers, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            await SurviveAsync(async () =>
            {
                var order = numbers[RandomNumberGenerator.GetInt32(numbers.Count)];
                await using var session = await scene.Db.BeginAsync(scene.Shop, default);
                await Callback.Orders.MarkPaid.InAsync(session, Actor.System("payer"), scene.Shop, OrderNo.Parse(order), scene.Now, default);
                await session.CommitAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(120), TimeProvider.System, stop);
            });
    }

    private async Task OptOutAsync(DeskScene scene, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            await SurviveAsync(async () =>
            {
                var key = scene.Vault.PhoneKey(scene.Shop, new PhoneNumber($"+86137{RandomNumberGenerator.GetInt32(Orders / 2):00000000}"));
                await using var session = await scene.Db.BeginAsync(scene.Shop, default);
                await PersonLocks.TakeAsync(session, [key], default);
                await session.ExecuteAsync(
                    """
                    insert into suppressions (shop_id, suppression_id, scope, person_key, label, reason, source, do_not_call, actor_name, created_at)
                    values (@Shop, gen_random_uuid(), 'Phone', @key, '', 'Asked', 'Customer', true, 'storm', @Now)
                    on conflict do nothing
                    """,
                    new { scene.Shop, key, scene.Now },
                    default);
                await session.CommitAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, stop);
            });
    }

    private async Task PassesAsync(DeskScene node, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            await SurviveAsync(async () =>
            {
                await node.PlanAsync();
                // Holds run out early, so that late gates meet them.
                await node.Get<ExpireHolds>().RunOnceAsync(node.Now.AddMinutes(RandomNumberGenerator.GetInt32(4) == 0 ? 6 : 0), default);
                await node.Get<ReconcileCalls>().RunOnceAsync(node.Now.AddSeconds(RandomNumberGenerator.GetInt32(3) == 0 ? 61 : 0), default);
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, stop);
            });
    }

    /// <summary>Connections are cut in the middle of whatever they do.</summary>
    private async Task KillAsync(CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(database.SuperuserConnectionString);
        while (!stop.IsCancellationRequested)
            await SurviveAsync(async () =>
            {
                await using var kill = source.CreateCommand(
                    """
                    select pg_terminate_backend(pid)
                    from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid() and application_name = 'callback'
                    order by random()
                    limit 1
                    """);
                await kill.ExecuteNonQueryAsync(default);
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, stop);
            });
    }

    /// <summary>What breaks in a storm: the database's connections, and steps that came too late. Nothing else may.</summary>
    private async Task SurviveAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or InvalidInputException or GateNotPassedException or TimeoutException)
        {
            // The agent presses the button again; the pass comes round again.
            survived.AddOrUpdate($"{e.GetType().Name}: {e.Message}", 1, (_, times) => times + 1);
        }
    }

    private static Action<IServiceCollection> With(ILine line) => services =>
    {
        foreach (var shipped in services.Where(service => service.ServiceType == typeof(ILine)).ToList())
            services.Remove(shipped);
        services.AddSingleton(line);
    };
}
