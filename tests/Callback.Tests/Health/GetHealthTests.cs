using System.Collections.Frozen;
using Callback.Calls;
using Callback.Database.Clock;
using Callback.Health;
using Callback.Tests.Support;

namespace Callback.Tests.Health;

public sealed class GetHealthTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Every_figure_of_the_policy_is_measured()
    {
        await using var scene = await HealthScene.OpenAsync(database);
        var report = await scene.MeasureAsync();
        Assert.Equal(HealthPolicy.Limits, report.Figures.Select(figure => figure.Limit));
        Assert.All(report.Figures, figure => Assert.True(figure.Value is null or >= 0, figure.Limit.Name));
        Assert.InRange(report[HealthPolicy.DatabaseSize].Value!.Value, 1e6, 1e12);
        Assert.InRange(report[HealthPolicy.DatabaseConnections].Value!.Value, 0.0001, 1);
        Assert.InRange(report[HealthPolicy.DiskFree].Value!.Value, 0, 1);
    }

    [Fact]
    public async Task Undecided_is_what_is_unknown_or_dialing_past_the_grace_and_nothing_else()
    {
        await using var scene = await HealthScene.OpenAsync(database);
        await Moves(scene, HealthPolicy.Undecided, 0, () => scene.AttemptAsync(TimeSpan.FromSeconds(5), "state = 'Dialing'"));
        await Moves(scene, HealthPolicy.Undecided, 0, () => scene.AttemptAsync(TimeSpan.FromDays(1), "state = 'Placed', placed_at = gated_at"));
        await Moves(scene, HealthPolicy.Undecided, 1, () => scene.AttemptAsync(TimeSpan.FromSeconds(90), "state = 'Dialing'"));
        await Moves(scene, HealthPolicy.Undecided, 1, () => scene.AttemptAsync(TimeSpan.FromMinutes(40)));
        var age = (await scene.MeasureAsync())[HealthPolicy.UndecidedAge];
        Assert.InRange(age.Value!.Value, 2400, 2460);
        Assert.Equal(HealthLevel.Red, age.Level);
    }

    [Fact]
    public async Task Spent_is_counted_by_day_and_week_and_as_a_share()
    {
        await using var scene = await HealthScene.OpenAsync(database);
        const string Spent = "state = 'Spent', settled_at = @now";
        await Moves(scene, HealthPolicy.SpentDay, 1, () => scene.AttemptAsync(TimeSpan.FromHours(23), Spent));
        await Moves(scene, HealthPolicy.SpentDay, 0, () => scene.AttemptAsync(TimeSpan.FromHours(25), Spent));
        await Moves(scene, HealthPolicy.SpentWeek, 1, () => scene.AttemptAsync(TimeSpan.FromDays(6), Spent));
        await Moves(scene, HealthPolicy.SpentWeek, 0, () => scene.AttemptAsync(TimeSpan.FromDays(8), Spent));
        var made = await scene.Desk.OneAsync<int>("select count(*)::integer from attempts where gated_at > @week", new { week = scene.Desk.Now.AddDays(-7) });
        var spent = await scene.Desk.OneAsync<int>("select count(*)::integer from attempts where gated_at > @week and state = 'Spent'", new { week = scene.Desk.Now.AddDays(-7) });
        var share = (await scene.MeasureAsync())[HealthPolicy.SpentShare];
        Assert.Equal((double)spent / made, share.Value!.Value, 9);
        Assert.Equal(HealthLevel.Red, share.Level);
    }

    [Fact]
    public async Task Releases_and_technical_chances_are_counted_by_call_and_not_by_order()
    {
        await using var scene = await HealthScene.OpenAsync(database);
        var spent = await scene.AttemptAsync(TimeSpan.FromHours(6), "state = 'Spent', settled_at = @now");
        await Moves(scene, HealthPolicy.ReleasesWaiting, 1, async () =>
        {
            await GrantAsync(scene, spent, "Released", "A1", TimeSpan.FromHours(5));
            await GrantAsync(scene, spent, "Released", "A2", TimeSpan.FromHours(5));
        });
        Assert.Equal(HealthLevel.Amber, (await scene.MeasureAsync())[HealthPolicy.ReleasesAge].Level);
        await Moves(scene, HealthPolicy.ReleasesGiven, 1, () => scene.Desk.SqlAsync(
            "update call_grants set approved_by = gen_random_uuid(), approved_at = @Now where parent_attempt_id = @spent", new { scene.Desk.Now, spent }));
        Assert.Null((await scene.MeasureAsync())[HealthPolicy.ReleasesAge].Value);
        var refused = await scene.AttemptAsync(TimeSpan.FromHours(6), "state = 'NotPlaced', settled_at = @now");
        await Moves(scene, HealthPolicy.TechnicalWeek, 1, () => GrantAsync(scene, refused, "Technical", "A3", TimeSpan.FromHours(1)));
        Assert.True((await scene.MeasureAsync())[HealthPolicy.TechnicalShare].Value > 0);
    }

    [Fact]
    public async Task Calls_and_wrap_ups_are_as_old_as_the_oldest()
    {
        await using var scene = await HealthScene.OpenAsync(database, line: true);
        await Moves(scene, HealthPolicy.WrapUps, 1, () => scene.AttemptAsync(
            TimeSpan.FromDays(3), "state = 'Ended', ended_at = @now, settled_at = @now, wrap_up = 'Later', wrap_up_at = @now - interval '25 hours'"));
        Assert.Equal(HealthLevel.Red, (await scene.MeasureAsync())[HealthPolicy.WrapUpsAge].Level);
        await scene.AttemptAsync(TimeSpan.FromHours(30), "state = 'Placed', placed_at = gated_at, ringing_at = gated_at");
        Assert.InRange((await scene.MeasureAsync())[HealthPolicy.RunningAge].Value!.Value, 108_000, 108_060);
        await Moves(scene, HealthPolicy.UnaskedAge, null, () => scene.AttemptAsync(TimeSpan.FromHours(1), "state = 'Placed', placed_at = gated_at"));
        await scene.AttemptAsync(TimeSpan.FromHours(2), "state = 'Placed', placed_at = gated_at, asked_at = @now - interval '61 seconds'", "asked");
        var unasked = (await scene.MeasureAsync())[HealthPolicy.UnaskedAge];
        Assert.InRange(unasked.Value!.Value, 61, 120);
        Assert.Equal(HealthLevel.Amber, unasked.Level);
    }

    [Fact]
    public async Task Events_wait_are_unknown_broken_or_refused()
    {
        await using var scene = await HealthScene.OpenAsync(database);
        await Moves(scene, HealthPolicy.EventsWaiting, 1, () => EventAsync(scene, "e1", "null", "null"));
        Assert.InRange((await scene.MeasureAsync())[HealthPolicy.EventsAge].Value!.Value, 200, 260);
        await Moves(scene, HealthPolicy.EventsUnknown, 1, async () =>
        {
            await EventAsync(scene, "e2", "@now", "'Unknown'");
            await EventAsync(scene, "e2", "@now", "'Unknown'", 2);
        });
        await Moves(scene, HealthPolicy.EventsBroken, 1, () => EventAsync(scene, "e3", "@now", "'Broken'"));
        await Moves(scene, HealthPolicy.EventsRefused, 7, () => scene.Desk.SqlAsync(
            "insert into line_refusals values ('-', 'twilio', @day, 'signature', 7, @Now)", new { day = scene.Desk.Now.UtcDateTime.Date, scene.Desk.Now }));
        await scene.AttemptAsync(TimeSpan.FromHours(1), "state = 'Ended', ended_at = @now, settled_at = @now, answered_at = @now, bridge_id = attempt_id, bridge_shop_id = shop_id, abandoned = true");
        Assert.Equal(1, (await scene.MeasureAsync())[HealthPolicy.AbandonedShare].Value);
    }

    [Fact]
    public async Task Planning_shows_what_is_due_ready_and_held()
    {
        await using var scene = await HealthScene.OpenAsync(database);
        await scene.Desk.OrderAsync();
        await Moves(scene, HealthPolicy.PlannerDue, 1, () => scene.Desk.OrderAsync());
        Assert.InRange((await scene.MeasureAsync())[HealthPolicy.PlannerDueAge].Value!.Value, 7200, 7260);
        await Moves(scene, HealthPolicy.QueueOpen, 2, scene.Desk.PlanAsync);
        Assert.Equal(0, (await scene.MeasureAsync())[HealthPolicy.PlannerDue].Value);
        await Moves(scene, HealthPolicy.QueueHeld, 1, async () => await scene.Desk.TakeAsync(await scene.Desk.AgentAsync()));
        await scene.Desk.SqlAsync("update queued_calls set held_until = @past where hold_id is not null", new { past = scene.Desk.Now.AddSeconds(-90) });
        Assert.Equal(HealthLevel.Amber, (await scene.MeasureAsync())[HealthPolicy.QueueOverdueAge].Level);
    }

    [Fact]
    public async Task Calls_whose_window_is_closed_are_counted_apart()
    {
        await using var scene = await HealthScene.OpenAsync(database);
        await scene.Desk.OrderAsync();
        await scene.Desk.PlanAsync();
        await scene.Desk.SqlAsync("update shops set policy = 'cn-default' where shop_id = @Shop; update queued_calls set fresh_until = @later where shop_id = @Shop", new { scene.Desk.Shop, later = scene.Desk.Now.AddDays(2) });
        var open = await scene.MeasureAsync();
        await scene.Desk.PassTimeAsync(TimeSpan.FromHours(11));
        var closed = await scene.MeasureAsync();
        Assert.Equal(open[HealthPolicy.QueueClosed].Value + 1, closed[HealthPolicy.QueueClosed].Value);
        await scene.Desk.MoveToAsync(Calls.DeskScene.MondayLateMorning);
    }

    [Fact]
    public async Task Passes_are_late_after_three_periods_and_failing_until_a_round_goes_well()
    {
        await using var scene = await HealthScene.OpenAsync(database);
        var note = scene.Desk.Get<NotePass>();
        Assert.Equal(HealthLevel.Red, (await scene.MeasureAsync())[HealthPolicy.PlannerAge].Level);
        await note.WokenAsync([new Round("plan", TimeSpan.FromMinutes(1)), new Round("other", TimeSpan.FromSeconds(5))], scene.Desk.Now, default);
        Assert.Equal(HealthLevel.Good, (await scene.MeasureAsync())[HealthPolicy.PlannerAge].Level);
        await Moves(scene, HealthPolicy.PassesFailing, 1, () => note.FailedAsync("other", scene.Desk.Now, "NpgsqlException", default));
        await Moves(scene, HealthPolicy.PassesFailing, -1, () => note.DoneAsync("other", scene.Desk.Now, TimeSpan.FromSeconds(1), default));
        await scene.Desk.PassTimeAsync(TimeSpan.FromSeconds(200));
        var report = await scene.MeasureAsync();
        Assert.Equal(1, report[HealthPolicy.PassesLate].Value);
        Assert.Equal(HealthLevel.Amber, report[HealthPolicy.PlannerAge].Level);
        await note.WokenAsync([], scene.Desk.Now, default);
        Assert.Equal(0, (await scene.MeasureAsync())[HealthPolicy.PassesLate].Value);
    }

    [Fact]
    public async Task Events_to_receivers_wait_or_are_given_up()
    {
        await using var scene = await HealthScene.OpenAsync(database);
        await scene.Desk.SqlAsync(
            """
            insert into outbox (shop_id, event_id, kind, payload, at, sent_at) values (@Shop, @id, 'call.ended', '{}', @at, @at), (@Shop, @other, 'call.ended', '{}', @at, null);
            insert into receivers values (@Shop, @id, 'r', 'https://example.com', '{}', '', 'x', @at);
            insert into deliveries (shop_id, event_id, receiver_id, next_at) values (@Shop, @id, @id, @at)
            """,
            new { scene.Desk.Shop, id = Ids.New(scene.Desk.Now), other = Ids.New(scene.Desk.Now), at = scene.Desk.Now.AddSeconds(-90) });
        var report = await scene.MeasureAsync();
        Assert.Equal((HealthLevel.Amber, HealthLevel.Amber), (report[HealthPolicy.OutboxAge].Level, report[HealthPolicy.DeliveriesAge].Level));
        await Moves(scene, HealthPolicy.DeliveriesGivenUp, 1, () => scene.Desk.SqlAsync("update deliveries set next_at = null, given_up_at = @Now", new { scene.Desk.Now }));
        Assert.Null((await scene.MeasureAsync())[HealthPolicy.DeliveriesAge].Value);
    }

    [Fact]
    public async Task Another_timeline_shuts_the_gate_until_it_is_adopted_and_by_whom_is_told()
    {
        await using var scene = await HealthScene.OpenAsync(database);
        await scene.Desk.SqlAsync("update installation set system_identifier = 1, timeline = 7");
        var report = await scene.MeasureAsync();
        Assert.Equal("EpochChanged", report.Epoch.Refusal);
        Assert.Equal(new DatabaseServer(1, 7), report.Epoch.Known);
        Assert.Equal((1d, 1d), (report[HealthPolicy.EpochChanged].Value, report[HealthPolicy.GateShut].Value));
        await scene.Desk.SqlAsync("update attempts set state = 'Spent', settled_at = gated_at where state = 'Unknown'; update attempts set state = 'NotPlaced', settled_at = gated_at where state = 'Dialing'");
        Assert.True((await scene.Desk.Get<AdoptEpoch>().RunAsync(HealthScene.Operator, default)).Reconciled);
        report = await scene.MeasureAsync();
        Assert.Equal((null, false, "test"), (report.Epoch.Refusal, report.Epoch.Changed, report.Epoch.AdoptedBy));
        Assert.NotNull(report.Epoch.AdoptedAt);
        Assert.Equal(0, report[HealthPolicy.GateShut].Value);
    }

    [Fact]
    public async Task Nodes_tell_their_clocks_and_leave()
    {
        await using var scene = await HealthScene.OpenAsync(database);
        scene.Desk.Get<ClockHealth>().Note(new(TimeSpan.FromSeconds(-3), TimeSpan.FromSeconds(0.5)));
        var node = scene.Desk.Get<ThisNode>();
        await node.SignAsync(default);
        await node.SignAsync(default);
        var report = await scene.MeasureAsync();
        Assert.Equal(node.Id, report.Nodes[0].NodeId);
        Assert.Equal((TimeSpan.FromSeconds(-3), TimeSpan.FromSeconds(0.5)), (report.Nodes[0].Difference, report.Nodes[0].RanBack));
        Assert.Equal((3d, HealthLevel.Red), (report[HealthPolicy.ClockDifference].Value, report[HealthPolicy.ClockDifference].Level));
        Assert.Equal((0.5, HealthLevel.Amber), (report[HealthPolicy.ClockRanBack].Value, report[HealthPolicy.ClockRanBack].Level));
        await node.LeaveAsync(default);
        Assert.DoesNotContain((await scene.MeasureAsync()).Nodes, other => other.NodeId == node.Id);
    }

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.Scheduler)]
    [InlineData(Role.Manager)]
    public async Task Only_administrators_see_figures_and_rows(Role role)
    {
        await using var scene = await HealthScene.OpenAsync(database);
        var actor = await scene.Desk.AgentAsync("x", role);
        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Desk.Get<GetHealth>().RunAsync(actor, default));
        await Assert.ThrowsAsync<NotPermittedException>(() => scene.Desk.Get<ListHealthRows>().RunAsync(actor, HealthRows.Spent, null, default));
        var admin = new Actor(Ids.New(scene.Desk.Now), "admin", FrozenDictionary<ShopId, FrozenSet<Permission>>.Empty, Permissions.Of(Role.Admin));
        Assert.NotEmpty((await scene.Desk.Get<GetHealth>().RunAsync(admin, default)).Figures);
    }

    private static async Task Moves(HealthScene scene, HealthLimit limit, double? by, Func<Task> change)
    {
        var (before, after) = await scene.AroundAsync(limit, change);
        Assert.Equal(by, after - before);
    }

    private static Task GrantAsync(HealthScene scene, Guid attempt, string kind, string order, TimeSpan age) => scene.Desk.SqlAsync(
        """
        insert into call_grants (shop_id, purpose, order_no, grant_no, kind, parent_attempt_id, not_before, expires_at, evidence, created_by, created_at)
        values (@Shop, 'PaymentReminder', @order, 1, @kind, @attempt, @Now, @until, '{"why":"test"}', @by, @at)
        """,
        new { scene.Desk.Shop, order, kind, attempt, scene.Desk.Now, until = scene.Desk.Now.AddDays(1), by = Ids.New(scene.Desk.Now), at = scene.Desk.Now - age });

    private static Task EventAsync(HealthScene scene, string call, string processed, string finding, int sequence = 1) => scene.Desk.SqlAsync(
        $"""
        insert into line_inbox (shop_id, line, call_id, event, sequence, subject, body, received_at, processed_at, finding)
        values (@Shop, 'twilio', @call, 'ringing', @sequence, @subject, '{"{}"}', @at, {processed}, {finding})
        """,
        new { scene.Desk.Shop, call, sequence, subject = Ids.New(scene.Desk.Now), at = scene.Desk.Now.AddSeconds(-200), now = scene.Desk.Now });

    private sealed class Round(string name, TimeSpan every) : IPass
    {
        public string Name => name;

        public TimeSpan Every => every;

        public Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct) => Task.FromResult<object>(0);
    }
}
