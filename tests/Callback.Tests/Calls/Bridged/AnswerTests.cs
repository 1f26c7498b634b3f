using Callback.Calls;
using Callback.Tests.Support;
using TwilioFake;

namespace Callback.Tests.Calls.Bridged;

/// <summary>Every kind of answer that there can be, and the state it ends in. The witness is the fake's own count of rings.</summary>
public sealed class AnswerTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    public static TheoryData<string, RequestFault, string, string, int> Answers() => new()
    {
        { "too many requests", new() { Status = 429, RetryAfter = 1 }, "NotPlaced", "NotPlaced", 0 },
        { "a number that Twilio does not take", new() { Status = 400, Code = 21211, Placed = false }, "NotPlaced", "NotPlaced", 0 },
        { "a country that is not allowed", new() { Status = 400, Code = 21215, Placed = false }, "NotPlaced", "NotPlaced", 0 },
        { "wrong credentials", new() { Status = 401, Placed = false }, "NotPlaced", "NotPlaced", 0 },
        { "500 and nothing placed", new() { Status = 500, Placed = false }, "Unknown", "Spent", 0 },
        { "500 after placing", new() { Status = 500 }, "Unknown", "Placed", 1 },
        { "a proxy's page after placing", new() { Status = 502, Html = true }, "Unknown", "Placed", 1 },
        { "a proxy's page and nothing placed", new() { Status = 503, Html = true, Placed = false }, "Unknown", "Spent", 0 },
        { "a reset before the first byte of the answer", new() { ResetAfter = 0 }, "Unknown", "Placed", 1 },
        { "a reset in the middle of the head", new() { ResetAfter = 20 }, "Unknown", "Placed", 1 },
        { "a reset in the middle of the body", new() { ResetAfter = 400 }, "Unknown", "Placed", 1 },
        { "a reset and nothing placed", new() { ResetAfter = 0, Placed = false }, "Unknown", "Spent", 0 },
        { "a slow answer", new() { Delay = TimeSpan.FromMilliseconds(300) }, "Placed", "Placed", 1 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_ends_in_its_state_and_rings_no_more_than_once(string answer, RequestFault fault, string atFirst, string atLast, int rings)
    {
        await using var scene = await TwilioScene.OpenAsync(database);
        var (agent, _) = await scene.ConnectedAsync();
        var (order, number) = await scene.CustomerAsync(new() { Manner = PhoneManner.Waits });
        scene.Twilio.Inject(fault with { Path = "/Participants" });
        // No event tells anything: the provider's own list has to.
        scene.DoorSays = 503;

        var hold = await scene.Desk.TakeAsync(agent);
        var dialed = await scene.Desk.DialAsync(agent, hold);

        var attempt = dialed is DialResult.Dialing on ? on.AttemptId : Assert.IsType<DialResult.NotPlaced>(dialed).AttemptId;
        Assert.True(atFirst == (await scene.RowAsync(attempt)).State, answer);
        for (var look = 0; look < 3; look++)
        {
            await scene.Desk.PassTimeAsync(TimeSpan.FromMinutes(8));
            await scene.Desk.Get<ReconcileCalls>().RunOnceAsync(scene.Desk.Now, default);
        }
        Assert.Equal(atLast, (await scene.RowAsync(attempt)).State);
        Assert.Equal((rings, 1), (scene.Twilio.RingsOf(number).Dialled, await scene.Desk.AttemptsAsync(order)));
        // Certainly not rung: the line failed, and one technical call may follow. Anything else: none.
        Assert.Equal(atLast == "NotPlaced" ? 1 : 0, await scene.Desk.OneAsync<int>("select count(*)::integer from call_grants where shop_id = @Shop", new { scene.Desk.Shop }));
        await scene.CleanAsync();
    }
}
