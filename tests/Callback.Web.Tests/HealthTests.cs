using Callback.Tests.Support;
using Callback.Web.Tests.Support;

namespace Callback.Web.Tests;

public sealed class HealthTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_running_program_is_alive()
    {
        await using var app = await TestApp.StartAsync(database);
        using var client = app.Client();
        Assert.Equal("alive", await client.GetStringAsync("healthz"));
    }
}
