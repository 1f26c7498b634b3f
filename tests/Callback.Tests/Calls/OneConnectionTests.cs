using Callback.Calls;
using Callback.Database;
using Callback.Telephony;
using Callback.Tests.Support;
using Npgsql;

namespace Callback.Tests.Calls;

/// <summary>
/// A node's pool is small. Whoever asked for a second connection while holding one would, with as many others doing the same, wait until all of them fail:
/// so the whole way of a call is gone with a pool of one.
/// </summary>
public sealed class OneConnectionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData("manual", false)]
    [InlineData("practice", true)]
    public async Task A_call_never_needs_two_connections_at_once(string line, bool practice)
    {
        await using var scene = await DeskScene.OpenAsync(database, line: line, practice: practice);
        await using var source = DapperSetup.OpenSource(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Timeout = 5 }.ConnectionString, poolSize: 1);
        await using var node = scene.Node(new Db(source));
        var agent = await node.AgentAsync();
        await scene.OrderAsync();
        await scene.OrderAsync();
        await node.PlanAsync();

        var attempt = (await node.CallAsync(agent)).AttemptId;
        if (line == "manual")
        {
            await node.MarkAsync(agent, attempt, CallState.Answered);
            await node.MarkAsync(agent, attempt, CallState.Completed);
        }
        else
        {
            await scene.PassTimeAsync(TimeSpan.FromMinutes(12));
            node.Time.Offset = scene.Time.Offset;
            await node.Get<PollLines>().RunOnceAsync(node.Now, default);
        }
        Assert.NotNull((await node.Get<GetDesk>().RunAsync(agent, default)).Card);
        await node.RecordAsync(agent, attempt, DeskScene.Outcome("NoAnswer"));
        await node.PlanAsync();
        await node.Get<ReleaseHold>().RunAsync(agent, await node.TakeAsync(agent), default);
        Assert.Equal("Ended", await scene.StateAsync(attempt));
    }
}
