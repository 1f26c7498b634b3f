using Callback.Database;
using Callback.FollowUps.Log;
using Callback.Tests.Support;

namespace Callback.Tests.FollowUps;

/// <summary>What the wording guard found in notes, as the log keeps and finds it.</summary>
public sealed class WordingInTheLogTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_log_is_narrowed_to_one_kind_of_finding_or_to_any()
    {
        var scene = await new LogScene(database, "wording").BeginAsync();
        var rude = await scene.FollowUpAsync(at: LogScene.Noon, wording: ["Rude"]);
        var both = await scene.FollowUpAsync(at: LogScene.Noon.AddMinutes(1), wording: ["Rude", "RedLine"]);
        var clean = await scene.FollowUpAsync(at: LogScene.Noon.AddMinutes(2));

        Assert.Equal([both, rude], await FindAsync(scene, "Rude"));
        Assert.Equal([both], await FindAsync(scene, "RedLine"));
        Assert.Empty(await FindAsync(scene, "Privacy"));
        Assert.Equal([both, rude], await FindAsync(scene, LogFilter.AnyWording));
        Assert.Equal([clean, both, rude], await FindAsync(scene, null));
    }

    [Fact]
    public async Task A_kind_that_is_none_of_ours_cannot_be_kept()
    {
        var scene = await new LogScene(database, "wording-kind").BeginAsync();
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => scene.FollowUpAsync(wording: ["Impolite"]));
    }

    [Fact]
    public async Task Findings_are_read_by_their_own_index_page_after_page()
    {
        var scene = await new LogScene(database, "wording-plan").BeginAsync();
        await using (var session = await database.Db.BeginAsync(scene.Shop, default))
        {
            await session.ExecuteAsync("""
                insert into follow_ups (shop_id, at, attempt_id, revision, campaign_id, purpose, agent_id, agent_name, order_nos, phone_hash, phone_last4, products,
                    amount, currency, outcome, reached, reason_codes, note, talk_seconds, recorded_at, wording)
                select @shop, @at::timestamptz + n * interval '1 second', gen_random_uuid(), 1, @campaign, 'PaymentReminder', @campaign, '小李', array['1'], '\x01', '8000', '',
                    1, 'CNY', 'WillPay', true, '{}', '', 1, @at, case when n % 200 = 0 then array['Rude'] else '{}'::text[] end
                from generate_series(1, 20000) n
                """, new { shop = scene.Shop.Value, at = LogScene.Noon, campaign = scene.Campaign }, default);
            await session.CommitAsync();
        }
        await using (var session = await database.Db.BeginAsync(ShopScope.All, default))
        {
            await session.ExecuteAsync("analyze follow_ups", null, default);
            await session.CommitAsync();
        }

        await using var reading = await database.Db.BeginAsync(scene.Shop, default);
        var query = await LogQuery.BuildAsync(
            reading, scene.Manager, scene.Shop, new(Wording: "Rude"), new LogCursor(LogScene.Noon.AddHours(3), Guid.Empty), default);
        var plan = string.Join('\n', await reading.QueryAsync<string>($"explain {query.Sql("limit 51")}", query.Parameters, default));
        Assert.Contains("wording", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on follow_ups", plan, StringComparison.Ordinal);
        Assert.True(!plan.Contains("Sort", StringComparison.Ordinal), plan);
    }

    private async Task<IEnumerable<Guid>> FindAsync(LogScene scene, string? wording) =>
        (await new ListFollowUps(database.Db).RunAsync(scene.Manager, scene.Shop, new(Wording: wording), null, 50, default)).Rows.Select(row => row.AttemptId);
}
