using Callback.Calls;
using Callback.Telephony;
using Callback.Tests.Support;

namespace Callback.Tests.Calls;

/// <summary>A ring that the restored database knew nothing of has to stand in the books, whatever stood there of further calls.</summary>
public sealed class AdoptedAttemptTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData("approved", 1, "Released")] // The release that was dialed before the restore: it must not be dialed again.
    [InlineData("asked for", 1, "Adopted")]
    [InlineData("declined", 1, "Adopted")]
    [InlineData("never asked for", 1, "Adopted")]
    public async Task A_ring_nobody_knew_of_spends_what_could_still_be_dialed(string release, int grantNo, string kind)
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var agent = await scene.AgentAsync();
        var order = await scene.OrderAsync("+8613900000777");
        await scene.PlanAsync();
        var parent = (await scene.CallAsync(agent)).AttemptId;
        await scene.MarkAsync(agent, parent, CallState.NoAnswer);
        if (release != "never asked for")
            await ReleaseAsync(scene, order, parent, release);

        await using (var session = await scene.Db.BeginAsync(scene.Shop, default))
        {
            Assert.True(await AdoptedAttempt.WriteAsync(session, scene.Vault, scene.Shop, "manual", new("+8613900000777"), "+861088880000", "CA-lost", scene.Now, scene.Now, default));
            await session.CommitAsync();
        }

        Assert.Equal(2, await scene.AttemptsAsync(order));
        Assert.Equal(
            (grantNo, kind, "Used"),
            await scene.OneAsync<(int, string, string)>(
                """
                select g.grant_no::integer, g.kind, g.close_reason
                from call_grants g
                join attempt_rights r on r.shop_id = g.shop_id and r.order_no = g.order_no and r.grant_no = g.grant_no
                where g.shop_id = @Shop
                """,
                new { scene.Shop }));
        await scene.PassTimeAsync(TimeSpan.FromHours(25));
        await scene.SqlAsync("update orders set as_of = @Now where shop_id = @Shop", new { scene.Now, scene.Shop });
        await scene.PlanAsync();
        Assert.Equal(0, await scene.OneAsync<int>("select count(*)::integer from queued_calls where shop_id = @Shop", new { scene.Shop }));
    }

    private static Task ReleaseAsync(DeskScene scene, string order, Guid parent, string release) => scene.SqlAsync(
        """
        insert into call_grants
            (shop_id, purpose, order_no, grant_no, kind, parent_attempt_id, not_before, expires_at, evidence, created_by, created_at, approved_by, approved_at, closed_at, close_reason)
        values
            (@Shop, 'PaymentReminder', @order, 1, 'Released', @parent, @since, @until, '{}', gen_random_uuid(), @since,
            case when @release = 'approved' then gen_random_uuid() end, case when @release = 'approved' then @since end,
            case when @release = 'declined' then @Now end, case when @release = 'declined' then 'Declined' end)
        """,
        new { scene.Shop, order, parent, release, since = scene.Now.AddMinutes(-1), until = scene.Now.AddDays(3), scene.Now });
}
