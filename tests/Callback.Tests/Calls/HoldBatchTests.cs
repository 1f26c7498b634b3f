using System.Collections.Frozen;
using Callback.Calls;
using Callback.Planning;
using Callback.Tests.Support;
using Npgsql;

namespace Callback.Tests.Calls;

/// <summary>Many agents' requests in one transaction: each gets what it would have got alone.</summary>
public sealed class HoldBatchTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Each_agent_of_a_batch_gets_calls_of_their_own_shops_and_no_others()
    {
        await using var here = await DeskScene.OpenAsync(database);
        await using var there = await DeskScene.OpenAsync(database);
        await using var empty = await DeskScene.OpenAsync(database);
        for (var i = 0; i < 3; i++)
            await here.OrderAsync(amount: 10);
        for (var i = 0; i < 6; i++)
            await there.OrderAsync(amount: 9_000);
        await here.PlanAsync();
        await there.PlanAsync();
        var (locals, strangers, poor) = (await AgentsAsync(here, 4), await AgentsAsync(there, 2), await empty.AgentAsync());
        var both = Both(await here.AgentAsync(), there.Shop);
        var nosy = await here.AgentAsync();

        var answers = await BatchAsync(here,
            [.. locals.Select(Request), .. strangers.Select(Request), Request(poor), Request(both), Request(nosy) with { Campaigns = [new(there.Shop, there.Campaign)] }]);

        Assert.Equal(3, answers[..4].OfType<HoldResult.Held>().Count(held => held.Shop == here.Shop));
        Assert.Single(answers[..4].OfType<HoldResult.NothingWaiting>());
        Assert.All(answers[4..6], answer => Assert.Equal(there.Shop, Assert.IsType<HoldResult.Held>(answer).Shop));
        Assert.IsType<HoldResult.NothingWaiting>(answers[6]);
        Assert.Equal(there.Shop, Assert.IsType<HoldResult.Held>(answers[7]).Shop);
        Assert.IsType<HoldResult.NothingWaiting>(answers[8]);
        Assert.Equal(3, await here.OneAsync<int>("select count(*)::integer from queued_calls where shop_id = @Shop and hold_id is null", new { there.Shop }));
        Assert.Equal(0, await here.OneAsync<int>(
            "select count(*)::integer from agent_states where (shop_id = @here and user_id = any(@strangers)) or (shop_id = @there and user_id = any(@locals))",
            new { here = here.Shop, there = there.Shop, strangers = strangers.Select(agent => agent.UserId!.Value).ToArray(), locals = locals.Select(agent => agent.UserId!.Value).ToArray() }));
    }

    [Fact]
    public async Task A_batch_looks_past_what_was_paid_and_serves_each_agent_once()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var paid = new List<string>();
        for (var i = 0; i < 9; i++)
            if (await scene.OrderAsync(amount: 900 - i) is var no && i % 2 == 0)
                paid.Add(no);
        await scene.PlanAsync();
        await scene.SqlAsync("update orders set status = 'Paid' where shop_id = @Shop and order_no = any(@paid)", new { scene.Shop, paid = paid.ToArray() });

        var answers = await BatchAsync(scene, [.. (await AgentsAsync(scene, 5)).Select(Request)]);

        Assert.Equal(4, answers.OfType<HoldResult.Held>().Select(held => held.HoldId).Distinct().Count());
        Assert.Single(answers.OfType<HoldResult.NothingWaiting>());
        Assert.Equal(paid, await scene.AllAsync<string>("select order_nos[1] from queue_exits where shop_id = @Shop and reason = 'OrderPaid' order by 1", new { scene.Shop }));
    }

    [Fact]
    public async Task An_agent_who_asks_twice_in_a_batch_has_one_card_and_one_who_has_a_card_keeps_it()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        for (var i = 0; i < 4; i++)
            await scene.OrderAsync();
        await scene.PlanAsync();
        var (twice, holder) = (await scene.AgentAsync(), await scene.AgentAsync());
        var kept = await scene.TakeAsync(holder);

        var answers = await BatchAsync(scene, [Request(twice), Request(holder), Request(twice)]);

        var held = answers.Select(Assert.IsType<HoldResult.Held>).ToList();
        Assert.Equal((held[0].HoldId, false), (held[2].HoldId, held[0].InHandBefore));
        Assert.True(held[2].InHandBefore);
        Assert.Equal((kept, true), (held[1].HoldId, held[1].InHandBefore));
    }

    [Fact]
    public async Task A_hold_that_ran_out_before_the_sweep_came_by_does_not_stand_in_the_way()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        for (var i = 0; i < 3; i++)
            await scene.OrderAsync();
        await scene.PlanAsync();
        var (late, other) = (await scene.AgentAsync(), await scene.AgentAsync());
        var old = await scene.TakeAsync(late);
        await scene.PassTimeAsync(TimeSpan.FromMinutes(6));

        var answers = await BatchAsync(scene, [Request(late), Request(other)]);

        var fresh = answers.Select(answer => Assert.IsType<HoldResult.Held>(answer).HoldId).ToList();
        Assert.Equal(2, fresh.Distinct().Count());
        Assert.DoesNotContain(old, fresh);
    }

    [Fact]
    public async Task Nobody_suffers_from_another_whose_request_breaks()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        for (var i = 0; i < 12; i++)
            await scene.OrderAsync();
        await scene.PlanAsync();
        var agents = await AgentsAsync(scene, 8);
        await scene.SqlAsync(
            $"""
            create function no_hold_for_them() returns trigger language plpgsql as $$
            begin
                if new.held_by = '{agents[3].UserId}' then
                    raise exception 'no hold for them';
                end if;
                return new;
            end $$;
            create trigger no_hold before update on queued_calls for each row execute function no_hold_for_them()
            """);

        var asked = agents.Select(scene.HoldAsync).ToList();
        await Assert.ThrowsAsync<PostgresException>(() => asked[3]);
        var held = await Task.WhenAll(asked.Where((_, place) => place != 3));

        await scene.SqlAsync("drop trigger no_hold on queued_calls");
        Assert.Equal(7, held.Select(answer => Assert.IsType<HoldResult.Held>(answer).HoldId).Distinct().Count());
    }

    private static async Task<List<Actor>> AgentsAsync(DeskScene scene, int count)
    {
        var agents = new List<Actor>();
        for (var i = 0; i < count; i++)
            agents.Add(await scene.AgentAsync());
        return agents;
    }

    private static Actor Both(Actor agent, ShopId second) =>
        agent with { Shops = agent.Shops.Append(new(second, Permissions.Of(Role.Agent))).ToFrozenDictionary() };

    private static HoldRequest Request(Actor agent) => new(new(agent.UserId!.Value, OwnAttempt.Shops(agent)), null);

    private static async Task<HoldResult[]> BatchAsync(DeskScene scene, IReadOnlyList<HoldRequest> requests) =>
        [.. await new HoldBatch(scene.Db, scene.Time, scene.Get<DeskCampaigns>(), scene.Get<FactsReader>()).RunAsync(requests)];
}
