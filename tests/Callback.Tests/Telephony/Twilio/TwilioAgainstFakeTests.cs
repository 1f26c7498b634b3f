using Callback.Telephony;
using Callback.Telephony.Twilio;
using TwilioFake;

namespace Callback.Tests.Telephony.Twilio;

/// <summary>The client against a Twilio that has a phone network behind it: what it says happened, happened.</summary>
public sealed class TwilioAgainstFakeTests
{
    private const string Agent = "+8613900139000";
    private const string Customer = "+8613800138000";
    private const string Own = "+15005550006";
    private const string Room = "cb-1";

    [Fact]
    public async Task A_call_is_led_from_the_agents_leg_to_the_recordings_end()
    {
        await using var fake = await FakeTwilio.StartAsync();
        using var client = Client(fake);
        var agent = Ok(await client.CreateCallAsync(new(Agent, Own, new TwiML().Conference(new(Room, "agent") { EndOnExit = true }).ToString()), null, default));
        await fake.CallAsync(Agent, "in-progress");
        var customer = Ok(await client.AddParticipantAsync(Room, new(Customer, Own, "customer") { Recording = new(Samples.Hook) }, null, default));
        await fake.CallAsync(Customer, "in-progress");
        await fake.UntilAsync(world => world.Conferences.Any(room => room.Participants.Count(who => who.Status == "connected") == 2));

        var room = Ok(await client.FindConferenceAsync(Room, default))!;
        Assert.Equal(["agent", "customer"], Ok(await client.ListParticipantsAsync(room.Sid, default)).Select(who => who.Label).Order(StringComparer.Ordinal));
        Assert.True(Ok(await client.UpdateParticipantAsync(room.Sid, "customer", new() { Hold = true }, default)).Hold);
        Assert.True(Ok(await client.UpdateParticipantAsync(room.Sid, agent.Sid, new() { Muted = true }, default)).Muted);
        Assert.Equal("paused", Ok(await client.ChangeRecordingAsync(RecordingOf.Call, customer.CallSid, RecordingChange.Pause, default)).Status);
        var recording = Ok(await client.ChangeRecordingAsync(RecordingOf.Call, customer.CallSid, RecordingChange.Stop, default));
        Ok(await client.RemoveParticipantAsync(room.Sid, "customer", default));
        await fake.CallAsync(Customer, "completed");
        Ok(await client.UpdateCallAsync(agent.Sid, CallChange.HangUp, default));
        await fake.CallAsync(Agent, "completed");
        Assert.Null(Ok(await client.FindConferenceAsync(Room, default)));

        Assert.Equal(CallState.Completed, Ok(await client.GetCallAsync(customer.CallSid, default)).State);
        Assert.Equal(customer.CallSid, Assert.Single(Ok(await client.ListCallsAsync(Customer, Own, DateTimeOffset.UnixEpoch, default))).Sid);
        Assert.Equal(customer.CallSid, Ok(await client.GetRecordingAsync(recording.Sid, default)).CallSid);
        Ok(await client.DeleteRecordingAsync(recording.Sid, default));
        Ok(await client.DeleteRecordingAsync(recording.Sid, default));
        Assert.Equal((1, 1), (fake.RingsOf(Customer).Rang, fake.RingsOf(Agent).Rang));
        Assert.DoesNotContain(fake.Requests, request => request.Status >= 400 && request.Method != "DELETE");
    }

    [Fact]
    public async Task The_account_and_its_numbers_are_read()
    {
        await using var fake = await FakeTwilio.StartAsync();
        using var client = Client(fake);
        Assert.Equal((fake.Options.AccountSid, "active"), Ok(await client.GetAccountAsync(default)) is var account ? (account.Sid, account.Status) : default);
        Assert.Equal([("+15005550006", true), ("+15005550007", false)], Ok(await client.ListCallerIdsAsync(default)).Select(id => (id.Number, id.Owned)));
        using var stranger = Samples.Client(Account(fake) with { AuthToken = "wrong" });
        Assert.Equal("twilio-refused-20003", Assert.IsType<TwilioAnswer<TwilioAccountState>.Refused>(await stranger.GetAccountAsync(default)).Refusal.Code);
    }

    [Fact]
    public async Task A_number_that_twilio_refuses_is_refused_with_its_reason_and_never_rings()
    {
        await using var fake = await FakeTwilio.StartAsync();
        fake.Set(Customer, new Phone { RefusedWith = 21215 });
        using var client = Client(fake);
        var refused = Assert.IsType<TwilioAnswer<TwilioParticipant>.Refused>(await client.AddParticipantAsync(Room, new(Customer, Own, "customer"), null, default));
        Assert.Equal("twilio-refused-21215", refused.Refusal.Code);
        Assert.Equal(0, fake.RingsOf(Customer).Dialled);
    }

    public static TheoryData<RequestFault, string, int> Faults => new()
    {
        { new() { Status = 429, RetryAfter = 1 }, "Refused", 0 },
        { new() { Status = 500 }, "Lost", 1 },
        { new() { Status = 500, Placed = false }, "Lost", 0 },
        { new() { Status = 502, Html = true }, "Lost", 1 },
        { new() { ResetAfter = 0 }, "Lost", 1 },
        { new() { ResetAfter = 0, Placed = false }, "Lost", 0 },
        { new() { ResetAfter = 20 }, "Lost", 1 },
        { new() { ResetAfter = 300 }, "Lost", 1 },
    };

    /// <summary>Refused is said only where the phone can not ring, and however the answer was spoiled it rings once at most.</summary>
    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_spoiled_answer_never_makes_a_second_call(RequestFault fault, string said, int dialled)
    {
        await using var fake = await FakeTwilio.StartAsync();
        fake.Inject(fault);
        using var client = Client(fake);
        Assert.Equal(said, (await client.AddParticipantAsync(Room, new(Customer, Own, "customer"), null, default)).GetType().Name);
        if (dialled == 1)
            await fake.UntilAsync(world => world.CallTo(Customer) is not null);
        // A further request is answered after whatever the first one has set going.
        Assert.Equal(dialled, Ok(await client.ListCallsAsync(Customer, null, DateTimeOffset.UnixEpoch, default)).Count);
        Assert.Single(fake.Requests, request => request.Method == "POST");
    }

    private static T Ok<T>(TwilioAnswer<T> answer) => answer is TwilioAnswer<T>.Ok(var value) ? value : throw new InvalidOperationException(answer.ToString());

    private static TwilioAccount Account(FakeTwilio fake) => Samples.Account(fake.BaseAddress) with { AccountSid = fake.Options.AccountSid, AuthToken = fake.Options.AuthToken };

    private static TwilioClient Client(FakeTwilio fake) => Samples.Client(Account(fake));
}
