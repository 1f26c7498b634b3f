using Callback.Calls;
using Callback.CallScripts;
using Callback.Database;
using Callback.Telephony;
using Callback.Tests.Support;

namespace Callback.Tests.Calls;

public sealed class DialGateTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Several_orders_of_one_person_spend_a_right_each_in_one_attempt()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        var orders = new[] { await scene.OrderAsync("+8613800000001"), await scene.OrderAsync("+8613800000001"), await scene.OrderAsync("+8613800000001") };
        await scene.PlanAsync();

        var attempt = (await scene.CallAsync(agent)).AttemptId;

        Assert.Equal(orders, await scene.AllAsync<string>("select order_no from attempt_rights where attempt_id = @attempt order by order_no", new { attempt }));
    }

    [Fact]
    public async Task Where_one_right_is_spent_already_none_is_spent_and_nobody_is_called()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, other) = (await scene.AgentAsync(), await scene.AgentAsync());
        var first = await scene.OrderAsync("+8613800000002");
        var second = await scene.OrderAsync("+8613800000002");
        await scene.PlanAsync();
        var hold = await scene.TakeAsync(agent);
        // What the policy can't see because it happened a moment ago, the primary key still refuses.
        var rival = await RivalAsync(scene, other);
        await scene.SqlAsync(
            "update attempt_rights set attempt_id = attempt_id where false; insert into attempt_rights values (@Shop, 'PaymentReminder', @second, 0, @rival)",
            new { scene.Shop, second, rival });

        var result = await scene.DialAsync(agent, hold);

        Assert.IsNotType<DialResult.Busy>(result);
        Assert.Equal(1, await scene.AttemptsAsync(second));
        var dialing = Assert.IsType<DialResult.Dialing>(result);
        Assert.Equal([first], await scene.AllAsync<string>("select order_no from attempt_rights where attempt_id = @AttemptId", new { dialing.AttemptId }));
    }

    [Fact]
    public async Task A_payment_before_the_gate_stops_the_call_and_the_card_is_gone_with_its_reason()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        var order = await scene.OrderAsync();
        await scene.PlanAsync();
        var hold = await scene.TakeAsync(agent);
        await scene.SqlAsync("update orders set status = 'Paid' where shop_id = @Shop and order_no = @order", new { scene.Shop, order });

        var blocked = Assert.IsType<DialResult.Blocked>(await scene.DialAsync(agent, hold));

        Assert.Equal(("OrderPaid", false), (blocked.Reason, blocked.CardKept));
        Assert.Equal(0, await scene.AttemptsAsync(order));
        Assert.Equal("OrderPaid", await scene.OneAsync<string>("select reason from queue_exits where shop_id = @Shop", new { scene.Shop }));
    }

    [Fact]
    public async Task A_payment_that_is_being_written_comes_first_and_the_gate_waits_for_it()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        var order = await scene.OrderAsync();
        await scene.PlanAsync();
        var hold = await scene.TakeAsync(agent);
        await using var payment = await scene.Db.BeginAsync(scene.Shop, default);
        await payment.ExecuteAsync("update orders set status = 'Paid' where shop_id = @Shop and order_no = @order", new { scene.Shop, order }, default);

        var dial = scene.DialAsync(agent, hold);
        await UntilSomebodyWaitsAsync(scene);
        Assert.False(dial.IsCompleted);
        await payment.CommitAsync();

        Assert.Equal("OrderPaid", Assert.IsType<DialResult.Blocked>(await dial).Reason);
        Assert.Equal(0, await scene.AttemptsAsync(order));
    }

    [Fact]
    public async Task A_do_not_call_that_is_being_written_comes_first_and_the_gate_waits_for_it()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        var order = await scene.OrderAsync("+8613800000003");
        await scene.PlanAsync();
        var hold = await scene.TakeAsync(agent);
        var key = scene.Vault.PhoneKey(scene.Shop, new PhoneNumber("+8613800000003"));
        await using var optOut = await scene.Db.BeginAsync(scene.Shop, default);
        await PersonLocks.TakeAsync(optOut, [key], default);
        await optOut.ExecuteAsync(
            """
            insert into suppressions (shop_id, suppression_id, scope, person_key, label, reason, source, do_not_call, actor_name, created_at)
            values (@Shop, gen_random_uuid(), 'Phone', @key, '…0003', 'Asked', 'Customer', true, 'test', @Now)
            """,
            new { scene.Shop, key, scene.Now },
            default);

        var dial = scene.DialAsync(agent, hold);
        await UntilSomebodyWaitsAsync(scene);
        await optOut.CommitAsync();

        Assert.Equal("DoNotCall", Assert.IsType<DialResult.Blocked>(await dial).Reason);
        Assert.Equal(0, await scene.AttemptsAsync(order));
    }

    [Fact]
    public async Task Data_older_than_the_campaign_allows_are_not_dialed_on()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        var order = await scene.OrderAsync(source: "Api");
        await scene.PlanAsync();
        var hold = await scene.TakeAsync(agent);
        await scene.SqlAsync("update orders set as_of = as_of - interval '16 minutes' where shop_id = @Shop and order_no = @order", new { scene.Shop, order });

        Assert.Equal("DataTooOld", Assert.IsType<DialResult.Blocked>(await scene.DialAsync(agent, hold)).Reason);
    }

    [Fact]
    public async Task The_last_dial_lies_the_closing_guard_before_the_window_ends()
    {
        var close = new DateTimeOffset(2026, 11, 23, 4, 0, 0, TimeSpan.Zero);
        await using var scene = await DeskScene.OpenAsync(database, "cn-default", at: close.AddMinutes(-3));
        var agent = await scene.AgentAsync();
        var order = await scene.OrderAsync(source: "File");
        await scene.PlanAsync();
        var hold = await scene.TakeAsync(agent);
        await scene.MoveToAsync(close.AddSeconds(-44));

        var blocked = Assert.IsType<DialResult.Blocked>(await scene.DialAsync(agent, hold));

        Assert.Equal("WindowClosed", blocked.Reason);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero), blocked.Until);
        Assert.Equal(0, await scene.AttemptsAsync(order));
    }

    [Fact]
    public async Task An_order_from_a_file_is_looked_up_or_the_lookup_is_waived_before_the_dial()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        await scene.OrderAsync(source: "File");
        await scene.PlanAsync();
        var hold = await scene.TakeAsync(agent);

        var open = Assert.IsType<DialResult.ChecklistOpen>(await scene.Get<DialCall>().RunAsync(agent, new(hold, CallDraft.Empty), default));
        Assert.Contains("looked-up-in-back-office", open.Items);
        var unreasoned = CallDraft.Empty with { Waivers = open.Items.ToDictionary(item => item, _ => " ") };
        Assert.IsType<DialResult.ChecklistOpen>(await scene.Get<DialCall>().RunAsync(agent, new(hold, unreasoned), default));
        var waived = CallDraft.Empty with { Waivers = open.Items.ToDictionary(item => item, _ => "back office is down") };
        Assert.IsType<DialResult.Dialing>(await scene.Get<DialCall>().RunAsync(agent, new(hold, waived), default));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    public async Task A_node_whose_clock_is_off_by_more_than_two_seconds_does_not_dial(int seconds)
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        var order = await scene.OrderAsync();
        await scene.PlanAsync();
        var hold = await scene.TakeAsync(agent);
        await using var node = scene.Node();
        node.Time.Skew = TimeSpan.FromSeconds(seconds);

        var blocked = Assert.IsType<DialResult.Blocked>(await node.Get<DialCall>().RunAsync(agent, new(hold), default));

        Assert.Equal(("ClockSkew", true), (blocked.Reason, blocked.CardKept));
        Assert.Equal(0, await scene.AttemptsAsync(order));
    }

    [Fact]
    public async Task A_database_clock_that_ran_back_does_not_dial()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        await scene.OrderAsync();
        await scene.PlanAsync();
        var hold = await scene.TakeAsync(agent);
        await scene.SqlAsync("update installation set clock_mark = business_clock() + interval '30 seconds'");

        Assert.Equal("ClockBack", Assert.IsType<DialResult.Blocked>(await scene.DialAsync(agent, hold)).Reason);

        await scene.SqlAsync("update installation set clock_mark = null");
        Assert.IsType<DialResult.Dialing>(await scene.DialAsync(agent, hold));
    }

    [Theory]
    [InlineData("timeline = 99")]
    [InlineData("system_identifier = 1")]
    public async Task Another_server_or_timeline_is_not_dialed_on_until_it_was_adopted(string change)
    {
        await using var own = new OwnDatabase();
        await using var scene = await DeskScene.OpenAsync(await own.OpenAsync());
        var agent = await scene.AgentAsync();
        await scene.OrderAsync();
        await scene.OrderAsync();
        await scene.PlanAsync();
        var first = (await scene.CallAsync(agent)).AttemptId;
        await scene.MarkAsync(agent, first, CallState.NoAnswer);
        await scene.RecordAsync(agent, first, DeskScene.Outcome("NoAnswer"));
        var hold = await scene.TakeAsync(agent);
        await scene.SqlAsync($"update installation set {change}");

        Assert.Equal("EpochChanged", Assert.IsType<DialResult.Blocked>(await scene.DialAsync(agent, hold)).Reason);

        Assert.True((await scene.Get<AdoptEpoch>().RunAsync(Actor.System("test"), default)).Reconciled);
        Assert.IsType<DialResult.Dialing>(await scene.DialAsync(agent, hold));
    }

    /// <summary>A dump read back, a snapshot of the disk, a cold copy: the same server on the same timeline, but not as far as it was.</summary>
    [Fact]
    public async Task A_database_that_was_put_back_is_not_dialed_on_by_a_node_that_has_seen_more_of_it_until_it_was_adopted()
    {
        await using var own = new OwnDatabase();
        await using var scene = await DeskScene.OpenAsync(await own.OpenAsync());
        var agent = await scene.AgentAsync();
        await scene.OrderAsync();
        await scene.OrderAsync();
        await scene.PlanAsync();
        var first = (await scene.CallAsync(agent)).AttemptId;
        await scene.MarkAsync(agent, first, CallState.NoAnswer);
        await scene.RecordAsync(agent, first, DeskScene.Outcome("NoAnswer"));
        var hold = await scene.TakeAsync(agent);
        // The first gate set the mark, this one sees it.
        await scene.SqlAsync("update installation set clock_mark = business_clock() + interval '1 hour'");
        Assert.Equal("ClockBack", Assert.IsType<DialResult.Blocked>(await scene.DialAsync(agent, hold)).Reason);
        await scene.SqlAsync("update installation set clock_mark = business_clock() - interval '1 minute'");

        Assert.Equal("EpochChanged", Assert.IsType<DialResult.Blocked>(await scene.DialAsync(agent, hold)).Reason);
        await scene.SqlAsync("update installation set clock_mark = business_clock()");
        Assert.Equal("EpochChanged", Assert.IsType<DialResult.Blocked>(await scene.DialAsync(agent, hold)).Reason);

        Assert.True((await scene.Get<AdoptEpoch>().RunAsync(Actor.System("test"), default)).Reconciled);
        Assert.IsType<DialResult.Dialing>(await scene.DialAsync(agent, hold));
    }

    [Fact]
    public async Task A_double_click_dials_once()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        var order = await scene.OrderAsync();
        await scene.PlanAsync();
        var hold = await scene.TakeAsync(agent);

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scene.DialAsync(agent, hold)));

        Assert.Single(results.OfType<DialResult.Dialing>());
        Assert.All(results.Where(result => result is not DialResult.Dialing), result => Assert.IsType<DialResult.HoldLost>(result));
        Assert.Equal(1, await scene.AttemptsAsync(order));
    }

    [Fact]
    public async Task A_number_that_is_in_a_call_is_busy_for_every_other_call()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var delivery = await scene.CampaignAsync(Purpose.DeliveryCallBack);
        var (one, two) = (await scene.AgentAsync(), await scene.AgentAsync());
        await scene.OrderAsync("+8613800000009");
        await scene.OrderAsync("+8613800000009", status: "Delivered");
        await scene.PlanAsync();
        var holds = (await scene.TakeAsync(one), await scene.TakeAsync(two));

        Assert.IsType<DialResult.Dialing>(await scene.DialAsync(one, holds.Item1));
        var second = await scene.DialAsync(two, holds.Item2);

        Assert.True(second is DialResult.Busy or DialResult.Blocked, $"{second}");
        Assert.Equal(1, await scene.OneAsync<int>("select count(*)::integer from attempts where shop_id = @Shop", new { scene.Shop }));
        Assert.NotEqual(delivery, scene.Campaign);
    }

    [Fact]
    public async Task A_campaigns_cap_of_the_day_holds_for_gates_that_pass_at_once()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        await scene.SqlAsync("update campaigns set daily_cap = 3 where shop_id = @Shop", new { scene.Shop });
        var agents = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => scene.AgentAsync()));
        foreach (var _ in agents)
            await scene.OrderAsync();
        await scene.PlanAsync();
        var holds = await Task.WhenAll(agents.Select(scene.TakeAsync));

        var results = await Task.WhenAll(agents.Zip(holds, scene.DialAsync));

        Assert.Equal(3, results.OfType<DialResult.Dialing>().Count());
        Assert.All(results.OfType<DialResult.Blocked>(), blocked => Assert.Equal("CampaignCap", blocked.Reason));
        Assert.Equal(5, await scene.OneAsync<int>("select count(*)::integer from queued_calls where shop_id = @Shop", new { scene.Shop }));
        Assert.IsType<HoldResult.NothingWaiting>(await scene.Node().HoldAsync(await scene.AgentAsync()));
    }

    [Fact]
    public async Task The_number_is_shown_to_the_agent_of_the_call_only_and_only_after_the_gate()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, manager) = (await scene.AgentAsync(), await scene.AgentAsync("boss", Role.Manager));
        await scene.OrderAsync("+8613812345678");
        await scene.PlanAsync();
        var hold = await scene.TakeAsync(agent);
        var before = await scene.Get<GetDesk>().FindCardAsync(agent, hold, default);
        Assert.Equal((null, "5678"), (before!.Number, before.PhoneLast4));

        await scene.DialAsync(agent, hold);

        Assert.Equal("+8613812345678", (await scene.Get<GetDesk>().FindCardAsync(agent, hold, default))!.Number!.E164);
        Assert.Null((await scene.Get<GetDesk>().FindCardAsync(manager, hold, default))!.Number);
        Assert.Equal(1, await scene.OneAsync<int>("select count(*)::integer from audit where shop_id = @Shop and action = 'phone.revealed'", new { scene.Shop }));
    }

    [Fact]
    public async Task Practice_customers_are_never_called_by_a_real_line_nor_real_ones_in_practice()
    {
        await using var practice = await DeskScene.OpenAsync(database, line: "manual", practice: true);
        var agent = await practice.AgentAsync();
        await practice.OrderAsync();
        await practice.PlanAsync();
        Assert.Null((await practice.CallAsync(agent)).Number);
        Assert.Equal("practice", await practice.OneAsync<string>("select line from attempts where shop_id = @Shop", new { practice.Shop }));

        await using var real = await DeskScene.OpenAsync(database, line: "practice");
        var other = await real.AgentAsync();
        var order = await real.OrderAsync();
        await real.PlanAsync();
        Assert.Equal("PracticeLine", Assert.IsType<DialResult.Blocked>(await real.DialAsync(other, await real.TakeAsync(other))).Reason);
        Assert.Equal(0, await real.AttemptsAsync(order));
    }

    private static async Task<Guid> RivalAsync(DeskScene scene, Actor agent)
    {
        await scene.OrderAsync();
        await scene.PlanAsync();
        return (await scene.CallAsync(agent)).AttemptId;
    }

    /// <summary>Until a backend of this database waits for a lock that another has.</summary>
    private static async Task UntilSomebodyWaitsAsync(DeskScene scene)
    {
        while (await scene.OneAsync<int>(
            "select count(*)::integer from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 0)
            await Task.Yield();
    }
}
