using Callback.Calls;
using Callback.Calls.Bridges;
using Callback.Calls.Inbox;
using Callback.Calls.Running;
using Callback.Database;
using Callback.Telephony;
using Callback.Telephony.Twilio;
using Callback.Tests.Support;
using Npgsql;

namespace Callback.Tests.Calls.Bridged;

/// <summary>As for every other line: who held one connection and asked for another would stop the node with a handful of dials.</summary>
public sealed class RoomConnectionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_call_through_a_room_never_needs_two_connections_at_once()
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        await using var source = DapperSetup.OpenSource(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Timeout = 5 }.ConnectionString, poolSize: 1);
        await using var node = scene.Desk.Node(new Db(source), services => services.AddTwilio(scene.Account));
        await scene.SetAsync(CallRecording.Always, machines: true);
        var (agent, phone) = await scene.PersonAsync();
        await scene.CustomerAsync();

        await node.Get<OpenBridge>().RunAsync(agent, default);
        await scene.Twilio.CallAsync(phone, "in-progress");
        await HearAsync();
        await node.Get<KeepBridges>().RunOnceAsync(node.Now.AddMinutes(2), default);
        var attempt = (await node.CallAsync(agent)).AttemptId;
        await scene.Twilio.UntilAsync(fake => fake.Conferences.Any(room => room.Participants.Any(seat => seat is { Label: "customer", Status: "connected" })));
        await HearAsync();
        Assert.IsType<ActResult.Done>(await node.Get<HoldCustomer>().RunAsync(agent, attempt, true, default));
        Assert.IsType<ActResult.Done>(await node.Get<PauseRecording>().RunAsync(agent, attempt, true, default));
        Assert.IsType<ActResult.Done>(await node.Get<HangUp>().RunAsync(agent, attempt, HangUpLeg.All, default));
        await HearAsync();
        await node.Get<PollLines>().RunOnceAsync(node.Now.AddMinutes(1), default);
        await node.Get<ReconcileCalls>().RunOnceAsync(node.Now.AddMinutes(1), default);
        await node.Get<FetchPrices>().RunOnceAsync(node.Now.AddMinutes(5), default);
        Assert.Equal("Ended", (await scene.RowAsync(attempt)).State);

        async Task HearAsync()
        {
            await scene.Twilio.QuietAsync();
            await node.Get<ProcessLineInbox>().RunOnceAsync(node.Now, default);
        }
    }
}
