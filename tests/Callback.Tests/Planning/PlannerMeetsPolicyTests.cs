using Callback.Planning;
using Callback.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.Planning;

/// <summary>Facts in SQL and judgement in one policy must not drift apart: whatever a shop holds, the queue is what the policy alone would call.</summary>
public sealed class PlannerMeetsPolicyTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly Config Tries = Config.QuickThrowOnFailure.WithMaxTest(40);

    [Fact]
    public void The_queue_after_a_pass_is_what_the_policy_alone_calls_eligible() => Check(async made =>
    {
        var scene = await BuildAsync(made);
        await scene.Planner.RunOnceAsync(scene.Shop, made.Now, default);
        await AssertMeetsPolicyAsync(scene, made.Now);
    });

    [Fact]
    public void A_second_pass_finds_nothing_to_do() => Check(async made =>
    {
        var scene = await BuildAsync(made);
        await scene.Planner.RunOnceAsync(scene.Shop, made.Now, default);
        var queue = await scene.QueueAsync();
        var waiting = await scene.CandidatesAsync();
        await scene.Planner.RunOnceAsync(scene.Shop, made.Now, default);
        Assert.Equal(queue, await scene.QueueAsync());
        Assert.Equal(waiting, await scene.CandidatesAsync());
    });

    [Fact]
    public void Passes_at_the_same_time_end_where_one_alone_ends() => Check(async made =>
    {
        var scene = await BuildAsync(made);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => scene.Planner.RunOnceAsync(scene.Shop, made.Now, default)));
        await AssertMeetsPolicyAsync(scene, made.Now);
    });

    [Fact]
    public void Later_passes_keep_the_queue_true_while_hours_pass_and_orders_are_paid() => Check(async made =>
    {
        var scene = await BuildAsync(made);
        await scene.Planner.RunOnceAsync(scene.Shop, made.Now, default);
        foreach (var hours in new[] { 0.5, 3, 9 })
        {
            var now = made.Now.AddHours(hours);
            await scene.RunAsync("update orders set as_of = @now where shop_id = @Shop", new { scene.Shop, now });
            await scene.RunAsync(
                "update orders set status = 'Paid', paid_at = @now where shop_id = @Shop and status = 'Unpaid' and refund_requested_at is null and order_no in (select min(order_no) from queued_call_orders where shop_id = @Shop)",
                new { scene.Shop, now });
            await scene.RunAsync("update candidates set due_at = @now where shop_id = @Shop and blocked_reason = 'DataTooOld'", new { scene.Shop, now });
            await scene.Planner.RunOnceAsync(scene.Shop, now, default);
            await AssertMeetsPolicyAsync(scene, now);
        }
    });

    private static void Check(Func<MadeShop, Task> property) =>
        Prop.ForAll(GeneratedShop.Any, made => property(made).GetAwaiter().GetResult()).Check(Tries);

    private async Task<PlanningScene> BuildAsync(MadeShop made)
    {
        var scene = await new PlanningScene(database).OpenAsync();
        await scene.RunAsync("update campaigns set holdout_percent = @Holdout, min_amount = nullif(@MinAmount, 0), daily_cap = case when @Capped then 2 end where shop_id = @Shop", new { made.Holdout, made.MinAmount, made.Capped, scene.Shop });
        await scene.CampaignAsync(Purpose.DeliveryCallBack, minHours: 24, maxHours: 15 * 24);
        await scene.CampaignAsync(Purpose.RefundOrDispute, minHours: 0.5, maxHours: 48);
        if (made.Second)
            await scene.CampaignAsync(maxHours: 24, createdAt: PlanningScene.Morning.AddHours(1));
        foreach (var (order, i) in made.Orders.Select((order, i) => (order, i)))
            await BuildAsync(scene, made, order, $"O{i:00}");
        foreach (var call in made.Calls)
            await scene.CallAsync(null, $"{call.Person}", state: call.NotPlaced ? "NotPlaced" : "Ended", talked: call.Talked, hoursAgo: call.HoursAgo, now: made.Now);
        return scene;
    }

    private static async Task BuildAsync(PlanningScene scene, MadeShop made, MadeOrder order, string no)
    {
        var phone = order.Number ? made.Number(order) : null;
        await scene.OrderAsync(
            no, phone, order.Buyer is { } buyer ? $"{buyer}" : null, order.AgeHours, order.Amount, order.Status, order.Zone, order.DataHours, order.Api ? "Api" : "File", now: made.Now, refundHours: order.RefundHours, closedHours: order.ClosedHours);
        if (order.Spent && order.Status == OrderStatus.Unpaid)
            await GrantAsync(scene, made, order, no, await scene.CallAsync(no, phone ?? "lost", hoursAgo: 26, now: made.Now));
        if (order.Suppressed > 0)
            await scene.SuppressAsync(
                order.Suppressed % 2 == 0 ? phone ?? "nobody" : null,
                order.Suppressed % 2 == 0 ? null : no,
                order.Suppressed == 3 ? "DeliveryCallBack" : null,
                order.Suppressed switch { 4 => made.Now.AddHours(2), 5 => made.Now.AddHours(-1), _ => null });
    }

    private static Task GrantAsync(PlanningScene scene, MadeShop made, MadeOrder order, string no, Guid call) => order.Grant switch
    {
        1 => scene.GrantAsync(no, call, "Promised", made.Now.AddHours(-1), made.Now.AddHours(1)),
        2 => scene.GrantAsync(no, call, "Repair", made.Now.AddHours(-1), made.Now.AddHours(8)),
        3 => scene.GrantAsync(no, call, "Technical", made.Now.AddMinutes(10), made.Now.AddHours(8)),
        4 => scene.GrantAsync(no, call, "Released", made.Now.AddHours(-1), made.Now.AddHours(30), approved: made.Second),
        _ => Task.CompletedTask,
    };

    /// <summary>Asks the policy about every order of the shop for every campaign, and brings persons together the slow and obvious way.</summary>
    private async Task AssertMeetsPolicyAsync(PlanningScene scene, DateTimeOffset now)
    {
        await using var session = await database.Db.BeginAsync(scene.Shop, default);
        var numbers = (await session.QueryAsync<OrderNo>("select order_no from orders where shop_id = @Shop", new { scene.Shop }, default)).ToList();
        var grantors = (await session.QueryAsync<(string Order, Guid Campaign)>(
            "select g.order_no, a.campaign_id from call_grants g join attempts a on a.shop_id = g.shop_id and a.attempt_id = g.parent_attempt_id where g.shop_id = @Shop", new { scene.Shop }, default))
            .ToDictionary(row => row.Order, row => row.Campaign);
        var callable = new List<CallFacts>();
        foreach (var purpose in (await scene.CampaignFacts.ListAsync(session, scene.Shop, now, default)).GroupBy(campaign => campaign.Campaign.Purpose))
        {
            var facts = new List<CallFacts>();
            foreach (var campaign in purpose)
                facts.AddRange((await scene.Facts.ReadAsync(session, campaign, numbers, now, default)).Where(fact => LookAheadPolicy.Judge(fact, now).Plan is not null
                    && (fact.SpentAt is null || grantors[fact.OrderNo.Value] == campaign.Campaign.CampaignId)));
            callable.AddRange(facts.DistinctBy(fact => fact.OrderNo));
        }
        var queue = await scene.QueueAsync();
        var queued = queue.SelectMany(call => call.Orders.Split(' ').Select(order => $"{call.Purpose} {order}")).Order(StringComparer.Ordinal).ToList();
        var expected = callable.Select(fact => $"{fact.Campaign.Campaign.Purpose} {fact.OrderNo}").Order(StringComparer.Ordinal).ToList();
        Assert.Empty(queued.Except(expected));
        var candidates = (await scene.ReadAsync<(string Case, DateTimeOffset DueAt)>("select purpose || ' ' || order_no, due_at from candidates where shop_id = @Shop", new { scene.Shop }))
            .ToDictionary(candidate => candidate.Case, candidate => candidate.DueAt);
        foreach (var missing in callable.Where(fact => !queued.Contains($"{fact.Campaign.Campaign.Purpose} {fact.OrderNo}")))
            if (!InTime(missing, candidates, now))
                AssertWaitsBehind(missing, callable, queued);
        AssertOneCallAPerson(callable, [.. callable.Where(fact => queued.Contains($"{fact.Campaign.Campaign.Purpose} {fact.OrderNo}") || !InTime(fact, candidates, now))], queue);
    }

    /// <summary>
    /// What will be callable when the window opens may still wait now, as long as it is looked at before: a candidate by its date, a grant when it is due.
    /// So may what came behind another order of its person.
    /// </summary>
    private static bool InTime(CallFacts fact, Dictionary<string, DateTimeOffset> candidates, DateTimeOffset now) => fact.SpentAt is not null
        ? !fact.Grants.Any(grant => grant.Approved && grant.NotBefore <= now)
        : candidates.TryGetValue($"{fact.Campaign.Campaign.Purpose} {fact.OrderNo}", out var due) && due > now && (due <= LookAheadPolicy.At(fact, now) || due <= now + QueuePlan.BehindAnother);

    /// <summary>An order may stay out only because another order of the same person goes first, under rules that do not fit both at once.</summary>
    private static void AssertWaitsBehind(CallFacts mine, List<CallFacts> callable, List<string> queued)
    {
        var person = Person(mine, callable);
        Assert.Contains(person, other => queued.Contains($"{other.Campaign.Campaign.Purpose} {other.OrderNo}"));
        Assert.True(
            person.Select(other => other.Zone).Distinct().Count() > 1
                || person.Select(other => other.Campaign.Campaign.CampaignId).Distinct().Count() > 1
                || person.Any(other => other.SpentAt is not null),
            $"{mine.OrderNo} waits though its person has nothing that could not be said in one call");
    }

    /// <param name="looked">The callable orders that the planner has looked at: one whose own window comes later joins two others only when its turn comes.</param>
    private static void AssertOneCallAPerson(List<CallFacts> callable, List<CallFacts> looked, IReadOnlyList<QueuedRow> queue)
    {
        foreach (var call in queue)
        {
            var orders = call.Orders.Split(' ');
            var lead = callable.Single(fact => fact.Campaign.Campaign.Purpose == call.Purpose && fact.OrderNo.Value == orders[0]);
            Assert.Subset(Person(lead, callable).Select(fact => fact.OrderNo.Value).ToHashSet(), orders.ToHashSet());
            var person = Person(lead, looked);
            Assert.DoesNotContain(queue, other => other != call && other.Purpose == call.Purpose && other.Orders.Split(' ').Any(order => person.Any(fact => fact.OrderNo.Value == order)));
        }
    }

    /// <summary>Everybody reachable over shared keys, found by widening the circle until it stops growing.</summary>
    private static List<CallFacts> Person(CallFacts one, List<CallFacts> callable)
    {
        var circle = new List<CallFacts> { one };
        while (true)
        {
            var keys = circle.SelectMany(fact => fact.PersonKeys).Select(Convert.ToHexString).ToHashSet();
            var wider = callable.Where(fact => fact.Campaign.Campaign.Purpose == one.Campaign.Campaign.Purpose && fact.PersonKeys.Select(Convert.ToHexString).Any(keys.Contains)).ToList();
            if (wider.Count == circle.Count)
                return circle;
            circle = wider;
        }
    }
}
