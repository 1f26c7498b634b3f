using System.Collections.Frozen;
using Callback.Calls.Bridges;
using Callback.Database;
using Callback.Tests.Support;
using Callback.Web.Demo;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using TwilioFake;

namespace Callback.Web.Tests.Demo;

/// <summary>The demo with a simulated telephone network, as <c>scripts/start --demo --line fake-twilio</c> begins it.</summary>
public sealed class DemoLineTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private readonly TestDatabase other = new();
    private static readonly DateTimeOffset DemoStart = new(2026, 11, 23, 3, 5, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_demo_calls_over_the_simulated_network_and_says_that_nobody_is_called()
    {
        await using var fake = await FakeTwilio.StartAsync(new() { OwnNumbers = ["+862155550123"] });
        await using var app = await TestApp.StartAsync(database, await MovedTime.StartAsync(database, DemoStart), demo: true, line: fake);
        var demo = app.Services.GetRequiredService<DemoShop>();
        await demo.FurnishAsync(CancellationToken.None);
        Assert.Equal(["twilio", "twilio"], await QueryAsync<string>("select line from campaigns"));
        Assert.Equal(["twilio 0123 WithNotice"], await QueryAsync<string>("select line || ' ' || caller_id_last4 || ' ' || recording from line_settings"));
        Assert.Equal(["agent phones.invalid", "manager phones.invalid"], await QueryAsync<string>("select name || ' ' || last4 from agent_legs join users on user_id = agent_id order by 1"));
        Assert.Empty(fake.Calls);

        var before = await QueryAsync<string>("select line || xmin::text from line_settings union all select agent_id || xmin::text from agent_legs order by 1");
        await demo.FurnishAsync(CancellationToken.None);
        Assert.Equal(before, await QueryAsync<string>("select line || xmin::text from line_settings union all select agent_id || xmin::text from agent_legs order by 1"));

        using var client = app.Client();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        Assert.Contains("simulated telephone network", await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative)), StringComparison.Ordinal);
        await PhoneIsConnectedAsync(app, fake);
    }

    [Fact]
    public async Task A_demo_begun_without_a_line_does_not_go_on_with_one()
    {
        await using (var app = await TestApp.StartAsync(other, new ManualTime(DemoStart), demo: true))
            await app.Services.GetRequiredService<DemoShop>().FurnishAsync(CancellationToken.None);
        await using var fake = await FakeTwilio.StartAsync();
        await using var calling = await TestApp.StartAsync(other, new ManualTime(DemoStart), demo: true, line: fake);
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => calling.Services.GetRequiredService<DemoShop>().FurnishAsync(CancellationToken.None));
        Assert.Contains("CALLBACK_DATA", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(fake.Requests);
    }

    public Task InitializeAsync() => other.InitializeAsync();

    public Task DisposeAsync() => other.DisposeAsync();

    private async Task PhoneIsConnectedAsync(TestApp app, FakeTwilio fake)
    {
        var (user, name) = (await QueryAsync<(Guid, string)>("select user_id, display_name from users where name = 'agent'")).Single();
        var everything = Enum.GetValues<Permission>().ToFrozenSet();
        var agent = new Actor(user, name, new Dictionary<ShopId, FrozenSet<Permission>> { [DemoShop.Shop] = everything }.ToFrozenDictionary(), everything);
        Assert.IsType<OpenedBridge.Opened>(await app.Services.GetRequiredService<OpenBridge>().RunAsync(agent, CancellationToken.None));
        await fake.UntilAsync(network => network.CallTo("sip:agent@phones.invalid")?.Room?.StartsWith("cb-", StringComparison.Ordinal) == true);
    }

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, CancellationToken.None);
        return await session.QueryAsync<T>(sql, null, CancellationToken.None);
    }
}
