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
}
