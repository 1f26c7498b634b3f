using Callback.Calls;
using Callback.Database;
using Callback.Orders;
using Callback.Planning;
using Callback.Telephony;
using Callback.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Tests.Calls;

/// <summary>Generated stories of a small shop, step by step: whatever happens in whatever order, nobody is called twice without a grant.</summary>
public sealed class InterleavingProperties(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Agents = 2;
    private const int Persons = 3;

    /// <summary>One thing that may happen.</summary>
    public enum Step
    {
        Plan,
        NewOrder,
        Hold,
        Dial,
        DialLate,
        Pay,
        OptOut,
        Ring,
        Answer,
        End,
        RecordNoAnswer,
        RecordCallBack,
        RecordDoNotCall,
        RecordSilence,
        Skip,
        HoldsRunOut,
        MinutesPass,
        HoursPass,
        NodeDiesAfterGate,
        Reconcile,
        Restart,
    }

    private static readonly Gen<Step[]> Stories = Gen.Frequency(
        (4, Gen.Constant(Step.Plan)),
        (2, Gen.Constant(Step.NewOrder)),
        (5, Gen.Constant(Step.Hold)),
        (6, Gen.Constant(Step.Dial)),
        (3, Gen.Constant(Step.End)),
        (6, Gen.Elements(Enum.GetValues<Step>()))).ListOf(40).Select(steps => steps.ToArray());

    [Fact]
    public void Nobody_is_called_twice_without_a_grant_whatever_the_order_of_things() =>
        Prop.ForAll(Stories.ToArbitrary(), Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), (story, seed) => HoldsAsync(story, seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(12));

    [Fact]
    public void A_do_not_call_is_never_taken_back_whatever_is_recorded_after_it() =>
        Prop.ForAll(
            Gen.Elements("WillPay", "DoNotCall", "NoAnswer", "Declined", "AskedCallBack").NonEmptyListOf().Select(outcomes => outcomes.Take(5).ToArray()).ToArbitrary(),
            outcomes => StandsAsync(outcomes).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(8));

    private async Task<bool> HoldsAsync(Step[] story, int seed)
    {
        var line = new ScriptedLine();
        await using var scene = await DeskScene.OpenAsync(database, replace: With(line));
        var play = new Play(scene, line, new Random(seed));
        await play.BeginAsync();
        foreach (var step in story)
            await play.StepAsync(step);
        await play.DisposeAsync();
        var report = await scene.Get<VerifyInvariants>().RunAsync(Actor.System("test"), default);
        var twice = await scene.OneAsync<int>(
            """
            select count(*)::integer
            from attempt_rights r
            where r.shop_id = @Shop and r.grant_no > 0
                and not exists (select from call_grants g where (g.shop_id, g.purpose, g.order_no, g.grant_no) = (r.shop_id, r.purpose, r.order_no, r.grant_no))
            """,
            new { scene.Shop });
        // A story may leave a call open for a day: nobody polls in it.
        Assert.DoesNotContain(
            report.Invariants.Where(invariant => invariant.Code != "calls-come-to-an-end").SelectMany(invariant => invariant.Violations),
            violation => violation.Shop == scene.Shop.Value);
        Assert.Equal(line.Rings.Count, line.Rings.Distinct().Count());
        Assert.Empty(play.RungAfterWord);
        return twice == 0;
    }

    private async Task<bool> StandsAsync(string[] outcomes)
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        await scene.OrderAsync();
        await scene.PlanAsync();
        var attempt = (await scene.CallAsync(agent)).AttemptId;
        await scene.MarkAsync(agent, attempt, CallState.Completed);
        var asked = false;
        foreach (var outcome in outcomes)
        {
            var draft = DeskScene.Outcome(outcome);
            await scene.RecordAsync(agent, attempt, outcome == "AskedCallBack" ? draft with { Promise = new(new DateTime(2026, 11, 24, 10, 0, 0)) } : draft);
            asked |= outcome == "DoNotCall";
            var stands = await scene.OneAsync<bool>(
                "select exists (select from suppressions where shop_id = @Shop and do_not_call and scope = 'Phone' and lifted_at is null)", new { scene.Shop });
            Assert.Equal(asked, stands);
        }
        return true;
    }

    private static Action<IServiceCollection> With(ILine line) => services =>
    {
        foreach (var shipped in services.Where(service => service.ServiceType == typeof(ILine)).ToList())
            services.Remove(shipped);
        services.AddSingleton(line);
    };

    /// <summary>The shop of one story. A step that does not fit the moment is refused by the product, which is part of the story.</summary>
    private sealed class Play(DeskScene scene, ScriptedLine line, Random dice) : IAsyncDisposable
    {
        private readonly List<Actor> agents = [];
        private readonly List<string> orders = [];
        private readonly HashSet<string> paid = [];
        private readonly List<Guid> holds = [];
        private readonly List<(Actor Agent, Guid Attempt)> attempts = [];
        private DeskScene? restarted;

        public List<string> RungAfterWord { get; } = [];

        private DeskScene Node => restarted ?? scene;

        public async Task BeginAsync()
        {
            for (var i = 0; i < Agents; i++)
                agents.Add(await scene.AgentAsync());
            for (var i = 0; i < Persons; i++)
                await StepAsync(Step.NewOrder);
            await StepAsync(Step.Plan);
        }

        public async Task StepAsync(Step step)
        {
            try
            {
                await DoAsync(step);
            }
            catch (InvalidInputException)
            {
                // The step did not fit, and the product said so.
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (restarted is not null)
                await restarted.DisposeAsync();
        }

        private Task DoAsync(Step step) => step switch
        {
            Step.Plan => Node.PlanAsync(),
            Step.NewOrder => OrderAsync(),
            Step.Hold => HoldAsync(),
            Step.Dial => DialAsync(Any(agents), holds.Count == 0 ? Guid.Empty : holds[^1]),
            Step.DialLate => DialAsync(Any(agents), Any(holds)),
            Step.Pay => PayAsync(Any(orders)!),
            Step.OptOut => OptOutAsync(),
            Step.Ring => TellAsync(CallState.Ringing),
            Step.Answer => TellAsync(CallState.Answered),
            Step.End => TellAsync(CallState.Completed),
            Step.RecordNoAnswer => RecordAsync("NoAnswer"),
            Step.RecordCallBack => RecordAsync("AskedCallBack"),
            Step.RecordDoNotCall => RecordAsync("DoNotCall"),
            Step.RecordSilence => RecordAsync("SilentLine"),
            Step.Skip => Node.Get<SkipCall>().RunAsync(Any(agents)!, new(Any(holds), "story"), default),
            Step.HoldsRunOut => Node.Get<ExpireHolds>().RunOnceAsync(Node.Now.AddMinutes(6), default),
            Step.MinutesPass => PassAsync(TimeSpan.FromMinutes(dice.Next(1, 20))),
            Step.HoursPass => PassAsync(TimeSpan.FromHours(dice.Next(1, 30))),
            Step.NodeDiesAfterGate => DieAsync(),
            Step.Reconcile => Node.Get<ReconcileCalls>().RunOnceAsync(Node.Now, default),
            Step.Restart => RestartAsync(),
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };

        private async Task OrderAsync()
        {
            var person = dice.Next(Persons);
            orders.Add(await scene.OrderAsync($"+8613100000{person:000}", buyer: $"p{(person == 0 ? 0 : dice.Next(Persons))}"));
        }

        private async Task HoldAsync()
        {
            if (await Node.Get<HoldNextCall>().RunAsync(Any(agents)!, new(), default) is HoldResult.Held { Until: not null } held)
                holds.Add(held.HoldId);
        }

        private async Task DialAsync(Actor? agent, Guid hold)
        {
            line.Place = (call, _) =>
            {
                if (dice.Next(6) == 0)
                    return Task.FromResult<LineAnswer>(new LineAnswer.Refused("429"));
                line.Ring(call);
                return Task.FromResult<LineAnswer>(dice.Next(5) == 0 ? new LineAnswer.Unknown("lost") : new LineAnswer.Accepted(ScriptedLine.IdOf(call)));
            };
            var result = await Node.DialAsync(agent!, hold);
            if (result is not DialResult.Dialing dialing)
                return;
            attempts.Add((agent!, dialing.AttemptId));
            var called = await scene.AllAsync<string>("select order_no from attempt_rights where attempt_id = @AttemptId", new { dialing.AttemptId });
            RungAfterWord.AddRange(called.Where(paid.Contains));
        }

        private async Task PayAsync(string order)
        {
            await using var session = await scene.Db.BeginAsync(scene.Shop, default);
            await MarkPaid.InAsync(session, Actor.System("payer"), scene.Shop, OrderNo.Parse(order), scene.Now, default);
            await session.CommitAsync();
            paid.Add(order);
        }

        private async Task OptOutAsync()
        {
            var key = scene.Vault.PhoneKey(scene.Shop, new PhoneNumber($"+8613100000{dice.Next(Persons):000}"));
            await using var session = await scene.Db.BeginAsync(scene.Shop, default);
            await PersonLocks.TakeAsync(session, [key], default);
            await session.ExecuteAsync(
                """
                insert into suppressions (shop_id, suppression_id, scope, person_key, label, reason, source, actor_name, created_at, expires_at)
                values (@Shop, gen_random_uuid(), 'Phone', @key, '', 'Asked', 'Customer', 'story', @Now, @Now::timestamptz + interval '2 hours')
                """,
                new { scene.Shop, key, scene.Now },
                default);
            await session.CommitAsync();
        }

        private async Task TellAsync(CallState state)
        {
            if (Any(attempts) is { Agent: not null } told)
                await Node.Get<RecordLineEvent>().RunAsync(line.Event(scene, told.Attempt, state, (int)state, Node.Now), Node.Now, default);
        }

        private async Task RecordAsync(string outcome)
        {
            if (Any(attempts) is not { Agent: not null } of)
                return;
            var draft = DeskScene.Outcome(outcome);
            var soon = Node.Now.ToOffset(TimeSpan.FromHours(8)).AddHours(dice.Next(1, 20)).DateTime;
            await Node.RecordAsync(of.Agent, of.Attempt, outcome == "AskedCallBack" ? draft with { Promise = new(new DateTime(soon.Year, soon.Month, soon.Day, soon.Hour, 0, 0)) } : draft);
        }

        private async Task PassAsync(TimeSpan by)
        {
            await Node.PassTimeAsync(by);
            scene.Time.Offset = Node.Time.Offset;
            // An import brings the shop's data up to date.
            await scene.SqlAsync("update orders set as_of = @Now where shop_id = @Shop", new { scene.Now, scene.Shop });
        }

        /// <summary>The gate is passed and its process dies before it asks the line.</summary>
        private async Task DieAsync()
        {
            foreach (var agent in agents)
                foreach (var hold in holds)
                    if (await Node.Get<DialGate>().PassAsync(agent, agent.UserId!.Value, [scene.Shop], hold, default) is GateAnswer.Go go)
                        attempts.Add((agent, go.AttemptId));
        }

        private async Task RestartAsync()
        {
            if (restarted is not null)
                await restarted.DisposeAsync();
            restarted = scene.Node(With(line));
        }

        private T? Any<T>(List<T> from) => from.Count == 0 ? default : from[dice.Next(from.Count)];
    }
}
