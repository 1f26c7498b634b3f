using Callback.Calls;
using Callback.Practice;
using Callback.Tests.Calls;
using Callback.Tests.Support;

namespace Callback.Tests.Practice;

public sealed class RequiredCourseTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Who_has_not_passed_gets_practice_cards_and_no_real_one()
    {
        await using var practice = await PracticeGround.OpenAsync(database);
        await using var real = await PracticeGround.OpenAsync(database, practice: false);
        var agent = PracticeGround.In(await real.AgentAsync(), practice.Shop, real.Shop);
        await real.OrderAsync();
        await real.PlanAsync();
        await RequireAsync(real, "first-week");

        var refused = await real.HoldAsync(agent);
        var asked = await real.Get<HoldNextCall>().RunAsync(agent, new([new(real.Shop, real.Campaign)]), default);
        var desk = await real.Get<GetDesk>().RunAsync(agent, default);
        var hold = await PracticeGround.StartAsync(practice, agent, "angry");

        Assert.IsType<HoldResult.NothingWaiting>(refused);
        Assert.IsType<HoldResult.NothingWaiting>(asked);
        Assert.Equal(new LockedShop(real.Shop, "林间小铺", "first-week"), Assert.Single(desk.Locked));
        Assert.DoesNotContain(desk.Campaigns, campaign => campaign.Shop == real.Shop);
        Assert.Equal(practice.Shop, (await real.Get<GetDesk>().RunAsync(agent, default)).Card!.Shop);
        Assert.NotEqual(Guid.Empty, hold);
        Assert.Equal(0, await real.OneAsync<int>("select count(*)::integer from queued_calls where shop_id = @Shop and hold_id is not null", new { real.Shop }));
    }

    [Fact]
    public async Task A_passed_course_opens_the_shop_also_where_the_pass_was_written_down_in_another()
    {
        await using var practice = await PracticeGround.OpenAsync(database);
        await using var real = await PracticeGround.OpenAsync(database, practice: false);
        var agent = PracticeGround.In(await real.AgentAsync(), practice.Shop, real.Shop);
        await real.OrderAsync();
        await real.PlanAsync();
        await RequireAsync(real, "first-week");
        await practice.SqlAsync(
            "insert into course_passes (shop_id, user_id, course, passed_at) values (@Shop, @UserId, 'first-week', @Now)", new { practice.Shop, agent.UserId, practice.Now });

        var held = Assert.IsType<HoldResult.Held>(await real.HoldAsync(agent));

        Assert.Equal(real.Shop, held.Shop);
        Assert.Empty((await real.Get<GetDesk>().RunAsync(agent, default)).Locked);
    }

    [Fact]
    public async Task Another_course_does_not_open_the_shop()
    {
        await using var real = await PracticeGround.OpenAsync(database, practice: false);
        var agent = await real.AgentAsync();
        await real.OrderAsync();
        await real.PlanAsync();
        await RequireAsync(real, "first-week");
        await real.SqlAsync("insert into course_passes (shop_id, user_id, course, passed_at) values (@Shop, @UserId, 'second-week', @Now)", new { real.Shop, agent.UserId, real.Now });

        Assert.IsType<HoldResult.NothingWaiting>(await real.HoldAsync(agent));
    }

    [Fact]
    public async Task Asking_for_a_course_is_a_managers_deed_and_stands_in_the_audit()
    {
        await using var real = await PracticeGround.OpenAsync(database, practice: false);
        var agent = await real.AgentAsync();

        await Assert.ThrowsAsync<NotPermittedException>(() => real.Get<RequireCourse>().RunAsync(agent, new(real.Shop, "first-week"), default));
        await RequireAsync(real, "first-week");
        await RequireAsync(real, null);

        Assert.Equal(
            ["""{"after": "first-week", "before": null}""", """{"after": null, "before": "first-week"}"""],
            await real.AllAsync<string>("select details::text from audit where shop_id = @Shop and action = 'shop.course-required' order by seq", new { Shop = real.Shop.Value }));
    }

    [Fact]
    public async Task A_practice_shop_asks_for_no_course_and_nobody_for_one_that_is_not_there()
    {
        await using var practice = await PracticeGround.OpenAsync(database);
        await using var real = await PracticeGround.OpenAsync(database, practice: false);

        Assert.Equal("course-in-practice-shop", (await Assert.ThrowsAsync<InvalidInputException>(() => RequireAsync(practice, "first-week"))).Problems[0].Code);
        Assert.Equal("course-unknown", (await Assert.ThrowsAsync<InvalidInputException>(() => RequireAsync(real, "third-week"))).Problems[0].Code);
    }

    private static async Task RequireAsync(DeskScene scene, string? course) =>
        await scene.Get<RequireCourse>().RunAsync(await scene.AgentAsync("manager", Role.Manager), new(scene.Shop, course), default);
}
