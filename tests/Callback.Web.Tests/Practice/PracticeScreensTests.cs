using System.Net;
using Callback.Database;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.Practice;

public sealed class PracticeScreensTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ShopId Real = ShopId.Parse("real");

    [Theory]
    [InlineData(false, HttpStatusCode.UnprocessableEntity)]
    [InlineData(true, HttpStatusCode.Redirect)]
    public async Task The_practice_hours_are_for_shops_marked_practice_only(bool practice, HttpStatusCode answer)
    {
        await using var app = await TestApp.StartAsync(database);
        using var admin = await app.ClientAs(Role.Admin, Real);

        var added = await admin.PostFormAsync("/shops", "/shops", Settings(practice));

        Assert.Equal(answer, added.StatusCode);
    }

    [Fact]
    public async Task A_shop_of_real_customers_cannot_be_given_the_practice_hours_later()
    {
        await using var app = await TestApp.StartAsync(database);
        await app.GivenShopAsync(Real);
        using var admin = await app.ClientAs(Role.Admin, Real);

        // The form of a change has no say in whether the shop is one of practice.
        var changed = await admin.PostFormAsync("/shops/real", "/shops/real", Settings(practice: true));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, changed.StatusCode);
        Assert.DoesNotContain("value=\"practice\"", await admin.GetStringAsync("/shops/real"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_without_a_practice_shop_is_told_whom_to_ask_and_makes_no_call_in_a_real_one()
    {
        await using var app = await TestApp.StartAsync(database);
        using var agent = await app.ClientAs(Role.Agent, Real);

        Assert.Contains("You are in no practice shop", await agent.GetStringAsync("/practice"), StringComparison.Ordinal);
        var started = await agent.PostFormAsync("/practice/call", "/practice", new("course", "first-week"), new("call", "angry"));

        Assert.Equal("/practice", started.Headers.Location!.ToString());
        await using var session = await app.Services.GetRequiredService<Db>().BeginAsync(Real, default);
        Assert.Equal(0, await session.QuerySingleAsync<int>("select count(*)::integer from orders where shop_id = @Real", new { Real }, default));
    }

    [Fact]
    public async Task A_call_that_is_none_of_practice_has_no_review()
    {
        await using var app = await TestApp.StartAsync(database);
        using var agent = await app.ClientAs(Role.Agent, Real);

        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync($"/practice/calls/{Guid.Empty}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync("/practice/third-week/quiz")).StatusCode);
    }

    private static KeyValuePair<string, string>[] Settings(bool practice) =>
    [
        new("code", $"p{(practice ? 1 : 0)}"), new("name", "Practice"), new("zone", "Asia/Shanghai"), new("policy", "practice"), new("language", "en"), new("country", "CN"),
        new("currency", "CNY"), new("practice", practice ? "true" : "false"),
    ];
}
