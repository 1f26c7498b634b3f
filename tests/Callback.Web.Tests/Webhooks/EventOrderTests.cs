using Callback.Chaos.Events;
using Callback.Telephony.Twilio;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;

namespace Callback.Web.Tests.Webhooks;

/// <summary>The short form of the event storm: each order of the four events once for each kind of call.</summary>
public sealed class EventOrderTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Events_in_any_order_repeated_or_after_the_close_end_in_the_same_state()
    {
        await using var app = await TestApp.StartAsync(database, services: services => services.AddTwilio(TwilioPost.Account));
        var storm = new EventStorm(app.Services, ShopId.Parse("event-order"), EventStorm.Then(TimeProvider.System));

        var calls = await storm.RunAsync(ToldCall.Kinds * ToldCall.Orders.Count, default);

        Assert.Equal(24, ToldCall.Orders.Distinct().Count());
        Assert.Empty(EventStorm.Differing(calls, await storm.HashesAsync(calls, default)));
        Assert.Empty(await storm.LeftAsync(default));
    }
}
