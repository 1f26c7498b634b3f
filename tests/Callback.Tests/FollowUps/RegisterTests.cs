using System.Text;
using Callback.CallScripts;
using Callback.FollowUps.Registers;
using Callback.Tests.Calls;
using Callback.Tests.Support;

namespace Callback.Tests.FollowUps;

/// <summary>Courier cases and product problems as results leave them.</summary>
public sealed class RegisterTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly RegisterFilter November = new(new(2026, 11, 1), new(2026, 11, 30));

    [Fact]
    public async Task Reasons_of_a_result_are_entered_per_courier_and_per_product()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt, order) = await ToldAsync(scene, "顺丰", "CourierSlow", "CourierRude", "GlueCameOff");
        var manager = await scene.AgentAsync("boss", Role.Manager);

        var courier = Assert.Single(await SumAsync(scene, manager, RegisterKind.Couriers));
        Assert.Equal(("顺丰", 1, 0), (courier.Name, courier.Calls, courier.Uncertain));
        Assert.Contains("\"CourierRude\": 1", courier.Causes, StringComparison.Ordinal);
        var product = Assert.Single(await SumAsync(scene, manager, RegisterKind.Products));
        Assert.Equal(("儿童套装", 1, 0), (product.Name, product.Calls, product.Uncertain));

        var entries = (await PageAsync(scene, manager, RegisterKind.Couriers)).Rows;
        Assert.Equal(["CourierRude", "CourierSlow"], entries.Select(entry => entry.Cause).Order(StringComparer.Ordinal));
        Assert.All(entries, entry => Assert.Equal((attempt, order, "agent"), (entry.AttemptId, entry.OrderNo, entry.AgentName)));
        await Assert.ThrowsAsync<NotPermittedException>(() => SumAsync(scene, agent, RegisterKind.Couriers));
    }

    [Fact]
    public async Task A_correction_takes_the_place_of_what_was_entered()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt, _) = await ToldAsync(scene, "中通", "CourierSlow", "GlueCameOff");
        var manager = await scene.AgentAsync("boss", Role.Manager);

        await scene.RecordAsync(agent, attempt, GrantTests.Result(null, "Smell"));

        Assert.Empty(await SumAsync(scene, manager, RegisterKind.Couriers));
        Assert.Equal("Smell", Assert.Single((await PageAsync(scene, manager, RegisterKind.Products)).Rows).Cause);
    }

    [Fact]
    public async Task A_chase_without_a_reason_is_a_cause_of_its_own_and_an_unknown_courier_is_kept()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt, _) = await GrantTests.DeliveredAsync(scene);
        await scene.RecordAsync(agent, attempt, GrantTests.Result(null, "Suggestion") with { Tasks = [new DraftTask("CourierChase")] });
        var manager = await scene.AgentAsync("boss", Role.Manager);

        var entry = Assert.Single((await PageAsync(scene, manager, RegisterKind.Couriers)).Rows);

        Assert.Equal(("CourierChase", ""), (entry.Cause, entry.Name));
        Assert.Single((await PageAsync(scene, manager, RegisterKind.Couriers, November with { Name = "" })).Rows);
        Assert.Empty((await PageAsync(scene, manager, RegisterKind.Couriers, November with { Name = "顺丰" })).Rows);
    }

    [Fact]
    public async Task Of_several_products_none_is_said_to_be_meant_for_certain()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        var (agent, attempt, order) = await GrantTests.DeliveredAsync(scene);
        await scene.SqlAsync(
            """update orders set items = '[{"title":"凉鞋","quantity":1},{"title":"拖鞋","quantity":2}]' where shop_id = @Shop and order_no = @order""", new { scene.Shop, order });
        await scene.RecordAsync(agent, attempt, GrantTests.Result(null, "GlueCameOff"));
        var manager = await scene.AgentAsync("boss", Role.Manager);

        var sums = await SumAsync(scene, manager, RegisterKind.Products);

        Assert.Equal([("凉鞋", 1, 1), ("拖鞋", 1, 1)], sums.Select(sum => (sum.Name, sum.Calls, sum.Uncertain)).OrderBy(sum => sum.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Calls_are_counted_week_by_week_and_days_outside_the_period_not_at_all()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        await ToldAsync(scene, "圆通", "CourierSlow");
        await CopiesAsync(scene);
        var manager = await scene.AgentAsync("boss", Role.Manager);

        var sum = Assert.Single(await SumAsync(scene, manager, RegisterKind.Couriers));

        Assert.Equal([0, 1, 0, 1, 0], sum.Weeks);
        Assert.Equal(2, sum.Calls);
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => SumAsync(scene, manager, RegisterKind.Couriers, new(new(2026, 11, 2), new(2026, 11, 1))));
        Assert.Equal("period-invalid", refused.Problems.Single().Code);
    }

    [Fact]
    public async Task An_export_is_guarded_marked_and_audited_and_needs_a_reason()
    {
        await using var scene = await DeskScene.OpenAsync(database);
        await ToldAsync(scene, "=cmd|' /C calc'!A0", "CourierSlow");
        var manager = await scene.AgentAsync("boss", Role.Manager);
        var export = scene.Get<ExportRegister>();
        using var file = new MemoryStream();

        await Assert.ThrowsAsync<InvalidInputException>(() => export.RunAsync(manager, new(scene.Shop, RegisterKind.Couriers, November, "why", "en"), new MemoryStream(), default));
        var exported = await export.RunAsync(manager, new(scene.Shop, RegisterKind.Couriers, November, "monthly talk with the courier", "en"), file, default);

        var text = Encoding.UTF8.GetString(file.ToArray());
        Assert.Contains("'=cmd", text, StringComparison.Ordinal);
        Assert.Contains("Courier was slow", text, StringComparison.Ordinal);
        Assert.Equal([exported.ExportNo], Callback.FollowUps.Export.Watermark.ReadAll(text));
        Assert.Equal(
            ("register.exported", $"export:{exported.ExportNo}"),
            await scene.OneAsync<(string, string)>("select action, subject from audit where shop_id = @Shop order by seq desc limit 1", new { scene.Shop }));
        Assert.Equal(1, await scene.OneAsync<int>("select count(*)::integer from exports where shop_id = @Shop", new { scene.Shop }));
    }

    private static Task<IReadOnlyList<RegisterSum>> SumAsync(DeskScene scene, Actor actor, RegisterKind kind, RegisterFilter? filter = null) =>
        scene.Get<ReadRegister>().SumAsync(actor, scene.Shop, kind, filter ?? November, default);

    private static Task<RegisterPage> PageAsync(DeskScene scene, Actor actor, RegisterKind kind, RegisterFilter? filter = null) =>
        scene.Get<ReadRegister>().PageAsync(actor, scene.Shop, kind, filter ?? November, null, default);

    private static async Task<(Actor Agent, Guid Attempt, string Order)> ToldAsync(DeskScene scene, string courier, params string[] reasons)
    {
        var (agent, attempt, order) = await GrantTests.DeliveredAsync(scene);
        await scene.SqlAsync("update orders set courier = @courier where shop_id = @Shop and order_no = @order", new { courier, scene.Shop, order });
        await scene.RecordAsync(agent, attempt, GrantTests.Result(null, reasons));
        return (agent, attempt, order);
    }

    /// <summary>The one case again two weeks before, and once in the month before. The call's id has to be another, which only another call has.</summary>
    private static async Task CopiesAsync(DeskScene scene)
    {
        await scene.SqlAsync("alter table courier_cases drop constraint courier_cases_shop_id_attempt_id_fkey");
        await scene.SqlAsync(
            """
            insert into courier_cases (shop_id, at, attempt_id, order_no, cause, courier, note, agent_id)
            select c.shop_id, c.at - n * interval '7 days', gen_random_uuid(), c.order_no, c.cause, c.courier, c.note, c.agent_id
            from courier_cases c
            cross join unnest(array[2, 5]) as n
            where c.shop_id = @Shop
            """,
            new { scene.Shop });
    }
}
