using Callback.Calls;
using Callback.FollowUps;
using Callback.FollowUps.Releases;
using Callback.Orders;
using Callback.Planning;
using Callback.Telephony;
using Callback.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Tests.Calls.ModelBased;

/// <summary>The product under a story: its real use cases on a real database, and a line that does what the step says.</summary>
internal sealed partial class ShopAtWork : IAsyncDisposable
{
    private readonly DeskScene scene;
    private readonly ScriptedLine line;
    private readonly Dictionary<string, Actor> agents = [];
    private readonly HashSet<Guid> over = [];
    private readonly List<Guid> attempts = [];
    private readonly int timesAsked;
    private Actor asks = null!;
    private Actor approves = null!;
    private DeskScene? restarted;
    private bool listLags;

    private ShopAtWork(DeskScene scene, ScriptedLine line, int timesAsked) => (this.scene, this.line, this.timesAsked) = (scene, line, timesAsked);

    private DeskScene Node => restarted ?? scene;

    /// <param name="timesAsked">How often whatever stands between product and line sends a request on: once, unless something is wrong.</param>
    public static async Task<ShopAtWork> OpenAsync(TestDatabase database, int timesAsked)
    {
        var line = new ScriptedLine();
        var scene = await DeskScene.OpenAsync(database, replace: With(line));
        // How busy the machine is must not decide whether a deadline passes.
        scene.Time.MonotonicStands = true;
        var shop = new ShopAtWork(scene, line, timesAsked);
        line.Find = call => !shop.listLags && line.Rings.Contains(call.AttemptId) ? new FoundCall.Found(ScriptedLine.IdOf(call)) : new FoundCall.NotListed();
        line.Poll = call => shop.over.Contains(call.AttemptId) ? [line.Event(scene, call.AttemptId, CallState.NoAnswer, 1000, scene.Now)] : [];
        foreach (var name in new[] { "Anna", "Bo" })
            shop.agents[name] = await scene.AgentAsync(name.ToLowerInvariant());
        (shop.asks, shop.approves) = (await scene.AgentAsync("asks", Role.Manager), await scene.AgentAsync("approves", Role.Manager));
        await scene.OrderAsync("+8613100000001", "wang");
        await scene.OrderAsync("+8613100000002", "li");
        await scene.OrderAsync("+8613100000003", "chen");
        await scene.OrderAsync("+8613100000003", "chen");
        return shop;
    }

    /// <returns>What the product answered, in the protocol's words.</returns>
    public async Task<string> DoAsync(Step step)
    {
        var answer = await TryAsync(step);
        attempts.Clear();
        attempts.AddRange(await scene.AllAsync<Guid>("select attempt_id from attempts where shop_id = @Shop order by gated_at, attempt_id", new { scene.Shop }));
        return answer;
    }

    private async Task<string> TryAsync(Step step)
    {
        try
        {
            return await ActAsync(step, agents[step.AgentName]);
        }
        catch (InvalidInputException)
        {
            return "refused";
        }
    }

    private Task<string> ActAsync(Step step, Actor agent) => step.Deed switch
    {
        Deed.Plan => Quietly(Node.PlanAsync()),
        Deed.Hold => HoldAsync(agent),
        Deed.GiveBack => WithCardAsync(agent, async hold => Words(await Node.Get<ReleaseHold>().RunAsync(agent, hold, default))),
        Deed.Dial or Deed.DialRefused or Deed.DialLostRang or Deed.DialLostUnrung => WithCardAsync(agent, hold => DialAsync(agent, hold, step.Deed)),
        Deed.DiesAfterGate => WithCardAsync(agent, hold => DieAsync(agent, hold)),
        Deed.Rings => AboutRungAsync(step, attempt => over.Contains(attempt) ? Task.CompletedTask : TellTwiceAsync(attempt, CallState.Ringing)),
        Deed.Ends => AboutRungAsync(step, attempt => over.Add(attempt) || true ? TellTwiceAsync(attempt, CallState.NoAnswer) : Task.CompletedTask),
        Deed.EndsUntold => AboutRungAsync(step, attempt => Task.FromResult(over.Add(attempt))),
        Deed.Poll => Quietly(Node.Get<PollLines>().RunOnceAsync(Node.Now, default)),
        Deed.Reconcile => ReconcileAsync(lags: false),
        Deed.ReconcileLagging => ReconcileAsync(lags: true),
        Deed.RecordNoAnswer => RecordAsync(step, agent, "NoAnswer"),
        Deed.RecordDoNotCall => RecordAsync(step, agent, "DoNotCall"),
        Deed.Later => AboutAsync(step, async attempt => Words(await Node.Get<WrapUpLater>().RunAsync(agent, attempt, default)), "hold lost"),
        Deed.Pay => PayAsync(Protocol.Orders[(step.About - 1) % Protocol.Orders.Length]),
        Deed.AskRelease => AboutAsync(step, attempt => DoneAsync(Node.Get<RequestRelease>().RunAsync(asks, new(scene.Shop, attempt, "never rang"), default)), ""),
        Deed.ReadLists => ReadListsAsync(),
        Deed.ApproveRelease => AboutAsync(step, attempt => DoneAsync(Node.Get<ApproveRelease>().RunAsync(approves, new(scene.Shop, attempt), default)), ""),
        Deed.ApproveOwnRelease => AboutAsync(step, attempt => DoneAsync(Node.Get<ApproveRelease>().RunAsync(asks, new(scene.Shop, attempt), default)), ""),
        Deed.MinutesPass => Quietly(PassAsync(Protocol.Minutes)),
        Deed.DayPasses => Quietly(PassAsync(Protocol.Day)),
        Deed.OtherNode => Quietly(RestartAsync()),
        _ => throw new InvalidOperationException($"The product is not asked for {step.Deed}."),
    };

    public async Task<VerifyReport> VerifyAsync() => await scene.Get<VerifyInvariants>().RunAsync(Actor.System("test"), default);

    /// <summary>What is open when the story ends is closed by the steps an attempt may take, so that no later story's passes look after it.</summary>
    public async ValueTask DisposeAsync()
    {
        await scene.SqlAsync("update attempts set state = 'Unknown' where shop_id = @Shop and state = 'Dialing'", new { scene.Shop });
        await scene.SqlAsync("update attempts set state = 'Spent', settled_at = @Now where shop_id = @Shop and state = 'Unknown'", new { scene.Shop, scene.Now });
        await scene.SqlAsync("update attempts set state = 'Ended', call_state = 'Completed', settled_at = @Now, ended_at = @Now, wrap_up = 'Later', wrap_up_at = @Now where shop_id = @Shop and state = 'Placed'", new { scene.Shop, scene.Now });
        if (restarted is not null)
            await restarted.DisposeAsync();
        await scene.DisposeAsync();
    }

    private async Task<string> HoldAsync(Actor agent)
    {
        switch (await Node.HoldAsync(agent))
        {
            case HoldResult.Held { InHandBefore: true }:
                return "card in hand";
            case HoldResult.Held held:
                var orders = await scene.AllAsync<string>(
                    """
                    select o.order_no
                    from queued_calls q
                    join queued_call_orders o on o.shop_id = q.shop_id and o.queued_call_id = q.queued_call_id
                    where q.shop_id = @Shop and q.hold_id = @HoldId
                    order by o.order_no
                    """,
                    new { scene.Shop, held.HoldId });
                return $"holds {string.Join('+', orders)}";
            default:
                return "nothing waits";
        }
    }

    private async Task<string> WithCardAsync(Actor agent, Func<Guid, Task<string>> then)
    {
        var hold = await scene.AllAsync<Guid>("select hold_id from queued_calls where shop_id = @Shop and held_by = @agent", new { scene.Shop, agent = agent.UserId });
        return await then(hold.Count == 0 ? Guid.CreateVersion7(scene.Now) : hold[0]);
    }

    private async Task<string> DialAsync(Actor agent, Guid hold, Deed deed)
    {
        line.Place = (call, _) =>
        {
            for (var time = 0; deed is Deed.Dial or Deed.DialLostRang && time < timesAsked; time++)
                line.Ring(call);
            return Task.FromResult<LineAnswer>(deed switch
            {
                Deed.Dial => new LineAnswer.Accepted(ScriptedLine.IdOf(call)),
                Deed.DialRefused => new LineAnswer.Refused("429"),
                _ => new LineAnswer.Unknown("lost"),
            });
        };
        return await Node.DialAsync(agent, hold) switch
        {
            DialResult.Dialing dialing => dialing.State.ToString(),
            DialResult.NotPlaced => "NotPlaced",
            DialResult.HoldLost => "hold lost",
            DialResult.Blocked => "blocked",
            var other => other.ToString(),
        };
    }

    private async Task<string> DieAsync(Actor agent, Guid hold)
    {
        await Node.Get<SaveDraft>().RunAsync(agent, hold, DeskScene.Ticked, default);
        return await Node.Get<DialGate>().PassAsync(agent, agent.UserId!.Value, [scene.Shop], hold, default) switch
        {
            GateAnswer.Go => "node died",
            GateAnswer.Refused { Result: DialResult.HoldLost } => "hold lost",
            GateAnswer.Refused { Result: DialResult.Blocked } => "blocked",
            var other => other.ToString()!,
        };
    }

    private async Task<string> RecordAsync(Step step, Actor agent, string outcome)
    {
        var submission = Guid.CreateVersion7(scene.Now);
        return await AboutAsync(step, async attempt =>
        {
            await Node.RecordAsync(agent, attempt, DeskScene.Outcome(outcome), submission);
            return (await Node.RecordAsync(agent, attempt, DeskScene.Outcome(outcome), submission)).Repeated ? "saved" : "saved twice";
        }, "refused");
    }

    private async Task<string> PayAsync(string order)
    {
        await using var session = await scene.Db.BeginAsync(scene.Shop, default);
        await MarkPaid.InAsync(session, Actor.System("payer"), scene.Shop, OrderNo.Parse(order), scene.Now, default);
        await session.CommitAsync();
        return "";
    }

    private async Task<string> ReconcileAsync(bool lags)
    {
        listLags = lags;
        await PassAsync(Protocol.Minutes);
        await Node.Get<ReconcileCalls>().RunOnceAsync(Node.Now, default);
        return "";
    }

    private async Task<string> ReadListsAsync()
    {
        for (var look = 1; look <= 2; look++)
            await Node.Get<ReleaseLists>().RunOnceAsync(Node.Now + look * ReleasePolicy.Between, default);
        return "";
    }

    private async Task TellTwiceAsync(Guid attempt, CallState state)
    {
        for (var time = 0; time < 2; time++)
            await Node.Get<RecordLineEvent>().RunAsync(line.Event(scene, attempt, state, (int)state, Node.Now), Node.Now, default);
    }

    private async Task PassAsync(TimeSpan by)
    {
        await Node.PassTimeAsync(by);
        scene.Time.Offset = Node.Time.Offset;
        await scene.SqlAsync("update orders set as_of = @Now where shop_id = @Shop", new { scene.Now, scene.Shop });
        await Node.Get<ExpireHolds>().RunOnceAsync(Node.Now, default);
    }

    private async Task RestartAsync()
    {
        if (restarted is not null)
            await restarted.DisposeAsync();
        restarted = scene.Node(With(line));
        restarted.Time.MonotonicStands = true;
    }

    private Task<string> AboutAsync(Step step, Func<Guid, Task<string>> then, string otherwise) =>
        attempts.Count == 0 ? Task.FromResult(otherwise) : then(attempts[(step.About - 1) % attempts.Count]);

    private Task<string> AboutRungAsync(Step step, Func<Guid, Task> then) => AboutAsync(step, async attempt =>
    {
        if (line.Rings.Contains(attempt))
            await then(attempt);
        return "";
    }, "");

    private static async Task<string> Quietly(Task doing)
    {
        await doing;
        return "";
    }

    private static async Task<string> DoneAsync(Task doing)
    {
        await doing;
        return "done";
    }

    private static string Words(HoldOutcome outcome) => outcome == HoldOutcome.Done ? "done" : "hold lost";

    private static Action<IServiceCollection> With(ILine line) => services =>
    {
        foreach (var shipped in services.Where(service => service.ServiceType == typeof(ILine)).ToList())
            services.Remove(shipped);
        services.AddSingleton(line);
    };
}
