using Callback.Calls;
using Callback.Tests.Support;
using Npgsql;
using TwilioFake;

namespace Callback.Tests.Calls.Bridged;

/// <summary>The database comes back from a failover without its newest commits; the provider still knows whom it called.</summary>
public sealed class AdoptionTests
{
    [Fact]
    public async Task A_call_that_the_database_lost_is_adopted_and_its_customer_never_rung_again()
    {
        await using var own = new OwnDatabase();
        var database = await own.OpenAsync();
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        var manager = (await scene.PersonAsync("boss", Role.Manager)).Actor;
        var (known, first) = await scene.CustomerAsync(new() { HangsUpAfter = TimeSpan.FromMilliseconds(10) });
        var kept = await scene.TalkAsync(agent, first, "completed");
        await scene.Desk.RecordAsync(agent, kept, DeskScene.Outcome("NoAnswer"));
        var (order, number) = await scene.CustomerAsync(new() { HangsUpAfter = TimeSpan.FromMilliseconds(10) });
        var lost = await scene.TalkAsync(agent, number, "completed");
        await LoseAsync(database, lost);
        Assert.Equal(0, await scene.Desk.AttemptsAsync(order));

        var adopted = await scene.Desk.Get<AdoptCalls>().RunAsync(Actor.System("test"), default);

        // Both customers' calls and the agent's phone are in the list; only one was not known.
        Assert.Equal(new AdoptedCalls(3, 1, 0), adopted);
        Assert.Equal((1, 1), (await scene.Desk.AttemptsAsync(order), await scene.Desk.AttemptsAsync(known)));
        Assert.Equal(new AdoptedCalls(3, 0, 0), await scene.Desk.Get<AdoptCalls>().RunAsync(Actor.System("test"), default));
        Assert.True((await scene.Desk.Get<AdoptEpoch>().RunAsync(Actor.System("test"), default)).Reconciled);
        await scene.Desk.SqlAsync(
            "insert into candidates (shop_id, purpose, order_no, due_at) values (@Shop, 'PaymentReminder', @order, @Now) on conflict do nothing",
            new { scene.Desk.Shop, order, scene.Desk.Now });
        await scene.Desk.PlanAsync();
        Assert.IsType<HoldResult.NothingWaiting>(await scene.Desk.HoldAsync(agent));
        Assert.Equal(1, scene.Twilio.RingsOf(number).Rang);
        Assert.Single(await scene.Desk.Get<ListAbandonedCalls>().RunAsync(manager, default));
        await scene.CleanAsync();
    }

    /// <summary>It fits the lost attempt by number and time, and may all the same be the call of another order of the number, whose attempt went with the commits.</summary>
    [Fact]
    public async Task A_call_that_was_matched_while_the_server_was_not_adopted_spends_the_other_rights_of_its_number()
    {
        await using var own = new OwnDatabase();
        await using var scene = await TwilioScene.OpenAsync(await own.OpenAsync());
        var (agent, _) = await scene.ConnectedAsync();
        var (order, number) = await scene.CustomerAsync(new() { HangsUpAfter = TimeSpan.FromMilliseconds(10) });
        scene.Twilio.Inject(new RequestFault { Path = "/Participants", Status = 500, Placed = true });
        var lost = await scene.Desk.CallAsync(agent);
        Assert.Equal(AttemptState.Unknown, lost.State);
        await scene.Twilio.QuietAsync();
        var other = await scene.Desk.OrderAsync(number);
        await scene.Desk.SqlAsync("update installation set timeline = 99");
        await scene.Desk.Get<ReconcileCalls>().RunOnceAsync(scene.Desk.Now.AddSeconds(61), default);
        Assert.Equal("Placed", await scene.Desk.StateAsync(lost.AttemptId));
        await scene.Desk.Get<PollLines>().RunOnceAsync(scene.Desk.Now.AddSeconds(90), default);

        await scene.Desk.Get<AdoptCalls>().RunAsync(Actor.System("test"), default);

        Assert.Equal(1, await scene.Desk.AttemptsAsync(other));
        Assert.Equal(0, (await scene.Desk.Get<AdoptCalls>().RunAsync(Actor.System("test"), default)).Adopted);
        Assert.Equal(2, await scene.Desk.AttemptsAsync(order));
    }

    /// <summary>Whoever says that nothing was lost is held to it by the provider's list; that costs nobody a right.</summary>
    [Fact]
    public async Task The_word_that_nothing_was_lost_is_not_taken_against_the_providers_list()
    {
        await using var own = new OwnDatabase();
        var database = await own.OpenAsync();
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        var (order, number) = await scene.CustomerAsync(new() { HangsUpAfter = TimeSpan.FromMilliseconds(10) });
        var lost = await scene.TalkAsync(agent, number, "completed");
        Assert.Equal(new AdoptedCalls(2, 0, 0), await scene.Desk.Get<AdoptCalls>().LookAsync(Actor.System("test"), default));
        await LoseAsync(database, lost);
        await scene.Desk.SqlAsync("update installation set system_identifier = 1");

        var refused = await scene.Desk.Get<AdoptServer>().RunAsync(Actor.System("test"), nothingLost: true, null, default);

        Assert.Equal(new AdoptedServer.CommitsLost(new(2, 1, 0)), refused);
        Assert.Equal(0, await scene.Desk.AttemptsAsync(order));
        Assert.Equal(1, await scene.Desk.OneAsync<long>("select system_identifier from installation", new { }));
        await scene.CleanAsync();
    }

    /// <summary>Its row is here and its right is spent: the call is no proof of a loss, but no calls can be told apart on it either.</summary>
    [Fact]
    public async Task A_call_whose_answer_was_lost_proves_no_loss_and_has_to_be_settled_before_anything_is_adopted()
    {
        await using var own = new OwnDatabase();
        await using var scene = await TwilioScene.OpenAsync(await own.OpenAsync());
        var (agent, _) = await scene.ConnectedAsync();
        await scene.CustomerAsync();
        scene.Twilio.Inject(new RequestFault { Path = "/Participants", Status = 500 });
        Assert.Equal(AttemptState.Unknown, (await scene.Desk.CallAsync(agent)).State);

        Assert.Equal(0, (await scene.Desk.Get<AdoptCalls>().LookAsync(Actor.System("test"), default)).Adopted);
        Assert.Equal(new AdoptedServer.Undecided(1), await scene.Desk.Get<AdoptServer>().RunAsync(Actor.System("test"), nothingLost: false, null, default));
    }

    /// <summary>The books know one call of a number at a time: the lost one waits until the known one is over.</summary>
    [Fact]
    public async Task Nothing_is_adopted_while_the_number_of_a_lost_call_is_in_another_one()
    {
        await using var own = new OwnDatabase();
        var database = await own.OpenAsync();
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        var (order, _) = await scene.CustomerAsync();
        var known = await scene.Desk.CallAsync(agent);
        Assert.Equal(AttemptState.Placed, known.State);
        await using var source = NpgsqlDataSource.Create(database.SuperuserConnectionString);
        await using (var command = source.CreateCommand($"set session_replication_role = replica; update attempts set provider_call_id = 'another' where attempt_id = '{known.AttemptId}'"))
            await command.ExecuteNonQueryAsync();

        var refused = await scene.Desk.Get<AdoptCalls>().RunAsync(Actor.System("test"), default);

        Assert.Equal(new AdoptedCalls(2, 0, 0) { InCall = 1 }, refused);
        Assert.Equal(1, await scene.Desk.AttemptsAsync(order));
    }

    [Theory]
    [InlineData("system_identifier = 1")] // A cluster made anew, with a dump read into it.
    [InlineData("timeline = 0")] // A node has seen that it was put back.
    [InlineData("timeline = 99")] // An earlier timeline than the known one.
    public async Task The_word_that_nothing_was_lost_is_taken_of_a_promoted_standby_only(string change)
    {
        await using var own = new OwnDatabase();
        await using var scene = await DeskScene.OpenAsync(await own.OpenAsync());
        await scene.SqlAsync("update installation set system_identifier = (pg_control_system()).system_identifier, timeline = 1");
        var known = Assert.IsType<AdoptedServer.Adopted>(await scene.Get<AdoptServer>().RunAsync(Actor.System("test"), nothingLost: true, null, default));
        Assert.False(known.Server.Promoted);
        await scene.SqlAsync($"update installation set {change}");

        Assert.IsType<AdoptedServer.NotPromoted>(await scene.Get<AdoptServer>().RunAsync(Actor.System("test"), nothingLost: true, null, default));
        Assert.Null(await scene.OneAsync<DateTimeOffset?>("select epoch_adopted_at from installation", new { }));
    }

    /// <summary>A request that was on its way when dialing stopped may become a call, and be listed, a little later.</summary>
    [Fact]
    public async Task Adopting_waits_until_the_providers_list_holds_what_was_on_its_way()
    {
        await using var own = new OwnDatabase();
        await using var scene = await DeskScene.OpenAsync(await own.OpenAsync());
        using var stop = new CancellationTokenSource();
        TimeSpan? waited = null;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.Get<AdoptServer>().RunAsync(
            Actor.System("test"),
            nothingLost: false,
            span =>
            {
                waited = span;
                stop.Cancel();
            },
            stop.Token));

        Assert.Equal(Callback.Telephony.ProtocolTimes.Grace, waited);
        Assert.Null(await scene.OneAsync<DateTimeOffset?>("select epoch_adopted_at from installation", new { }));
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_adopts_nothing_and_says_so()
    {
        await using var own = new OwnDatabase();
        await using var scene = await TwilioScene.OpenAsync(await own.OpenAsync());
        await scene.ConnectedAsync();
        scene.Twilio.Inject(new RequestFault { Method = "GET", Path = "/Calls.json", Status = 401, Times = 20, Placed = false });

        await Assert.ThrowsAsync<Callback.Telephony.LineSilentException>(() => scene.Desk.Get<AdoptCalls>().RunAsync(Actor.System("test"), default));
    }

    /// <summary>As if the call's commits had never reached the replica that took over.</summary>
    private static async Task LoseAsync(TestDatabase database, Guid attempt)
    {
        await using var source = NpgsqlDataSource.Create(database.SuperuserConnectionString);
        await using var command = source.CreateCommand(
            $"""
            set session_replication_role = replica;
            update bridges set attempt_id = null, attempt_shop_id = null where attempt_id = '{attempt}';
            delete from queue_exits where queued_call_id = (select (gate_facts ->> 'queuedCall')::uuid from attempts where attempt_id = '{attempt}');
            delete from attempt_rights where attempt_id = '{attempt}';
            delete from attempt_persons where attempt_id = '{attempt}';
            delete from line_events where attempt_id = '{attempt}';
            delete from line_inbox where subject = '{attempt}';
            delete from outbox where payload ->> 'attemptId' = '{attempt}';
            delete from attempts where attempt_id = '{attempt}';
            """);
        await command.ExecuteNonQueryAsync();
    }
}
