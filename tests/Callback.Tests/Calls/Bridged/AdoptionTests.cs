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
