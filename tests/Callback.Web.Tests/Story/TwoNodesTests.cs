using Callback.Accounts;
using Callback.Calls;
using Callback.Campaigns;
using Callback.Database;
using Callback.Orders;
using Callback.Planning;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.Story;

/// <summary>Twenty agents on two nodes, one of which is killed in the middle of it.</summary>
public sealed class TwoNodesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Agents = 20;
    private const int Orders = 160;

    private static readonly ShopId Shop = ShopId.Parse("nodes");

    [Fact]
    public async Task With_a_node_killed_in_the_middle_no_order_is_dialed_twice_and_no_result_is_lost()
    {
        await using var desk = await TestApp.StartAsync(database);
        var keys = await PrepareAsync(desk);
        using var first = await NodeAsync();
        using var second = await NodeAsync();
        var killed = new TaskCompletionSource();
        var log = new CallLog(onResults: Orders / 4, async () =>
        {
            await first.KillAsync();
            killed.SetResult();
        });

        await Task.WhenAll(keys.Select((key, number) => new PhoningAgent(key, [first.Address, second.Address], number, log).WorkAsync()));
        Assert.True(killed.Task.IsCompletedSuccessfully, "too few results came in to kill a node");

        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        var calls = await session.QueryAsync<(string OrderNo, long Attempts)>(
            """
            select r.order_no, count(distinct a.attempt_id)
            from attempt_rights r
            join attempts a on a.shop_id = r.shop_id and a.attempt_id = r.attempt_id
            -- On a busy machine the deadline may pass between gate and line: that is certainly no call, and one technical call may follow it.
            where a.state <> 'NotPlaced'
            group by r.order_no
            """,
            null,
            default);
        Assert.All(calls, call => Assert.Equal(1, call.Attempts));
        Assert.True(calls.Count >= Orders - Agents, $"only {calls.Count} orders were dialed");
        var saved = (await session.QueryAsync<Guid>("select submission_id from submissions", null, default)).ToHashSet();
        Assert.All(log.Acknowledged, submission => Assert.Contains(submission, saved));
        var report = await desk.Services.GetRequiredService<VerifyInvariants>().RunAsync(Actor.System("test"), default);
        Assert.True(report.Clean, string.Join('\n', report.Invariants.SelectMany(invariant => invariant.Violations.Select(violation => $"{invariant.Code} {violation}"))));
    }

    private Task<HostProcess> NodeAsync() => HostProcess.JoinAsync(
        database.ConnectionString, TestApp.TestKeys.ToJson(), Directory.CreateTempSubdirectory("callback-node-").FullName);

    private static async Task<IReadOnlyList<string>> PrepareAsync(TestApp app)
    {
        var system = Actor.System("test");
        await app.GivenShopAsync(Shop);
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await app.Services.GetRequiredService<UpsertOrders>().RunAsync(system, new(Shop, [.. Enumerable.Range(0, Orders).Select(i => new OrderDocument(
            $"N{i:0000}", OrderStatus.Unpaid, now.AddHours(-2), 20 + i, Phone: $"1390000{i:0000}", BuyerId: $"buyer-{i}", BuyerName: "王女士", Region: "浙江省"))], null), default);
        var campaign = await app.Services.GetRequiredService<CreateCampaign>().RunAsync(system, new(Shop, "payment-reminder"), default);
        await app.Services.GetRequiredService<StartCampaign>().RunAsync(system, new(Shop, campaign.CampaignId), default);
        var planned = await app.Services.GetRequiredService<Planner>().RunOnceAsync(now, default);
        Assert.NotNull(planned);
        var keys = new List<string>();
        for (var i = 0; i < Agents; i++)
        {
            var agent = await app.UserAsync(Role.Agent, Shop);
            keys.Add((await app.Services.GetRequiredService<AddApiKey>().RunAsync(system, new(Shop, "desk", [KeyScope.Desk], agent.Name, null), default)).Key);
        }
        return keys;
    }
}
