using System.Net;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;

namespace Callback.Web.Tests.SignIn;

public sealed class SignedInTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ShopId Shop = new("tea");

    [Fact]
    public async Task A_stranger_is_led_to_sign_in()
    {
        await using var app = await TestApp.StartAsync(database);
        using var client = app.Stranger(out _);
        var answer = await client.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in?return=%2Faccount", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/set-up")]
    public async Task Pages_before_sign_in_are_open(string path)
    {
        await using var app = await TestApp.StartAsync(database);
        using var client = app.Stranger(out _);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(path)).StatusCode);
    }

    [Theory]
    [InlineData("/users")]
    [InlineData("/shops")]
    [InlineData("/keys")]
    [InlineData("/audit")]
    [InlineData("/account")]
    public async Task An_administrator_sees_the_administration(string path)
    {
        await using var app = await TestApp.StartAsync(database);
        await app.UserAsync(Role.Agent, Shop);
        using var client = await app.ClientAs(Role.Admin, Shop);
        var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("⟦", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
