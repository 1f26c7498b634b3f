using Callback.Telephony;
using Callback.Telephony.Twilio;

namespace Callback.Tests.Telephony.Twilio;

/// <summary>What an answer means: done, certainly not done, or nobody knows.</summary>
public sealed class TwilioAnswerTests
{
    private static readonly CreateCall Wanted = new("+8613800138000", "+861012345678", new TwiML().Hangup().ToString());

    [Fact]
    public async Task A_created_call_is_read_with_everything_twilio_says()
    {
        await using var server = new WireServer(_ => WireAnswer.Of(201, Samples.Call));
        using var client = Samples.Client(server);
        var call = Assert.IsType<TwilioAnswer<TwilioCall>.Ok>(await client.CreateCallAsync(Wanted, null, default)).Value;
        Assert.Equal((Samples.CallSid, CallState.Queued, "+8613800138000", "+861012345678"), (call.Sid, call.State, call.To, call.From));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 3, 5, 0, TimeSpan.Zero), call.CreatedAt);
        Assert.Equal(TimeSpan.FromSeconds(1.5), call.QueueTime);
        Assert.Null(call.Price);
    }

    [Fact]
    public async Task A_recording_is_read_with_length_channels_and_price()
    {
        await using var server = new WireServer(_ => WireAnswer.Of(200, Samples.Recording));
        using var client = Samples.Client(server);
        var recording = Assert.IsType<TwilioAnswer<TwilioRecording>.Ok>(await client.GetRecordingAsync(Samples.RecordingSid, default)).Value;
        Assert.Equal((17, 2, -0.0025m, "USD", "paused"), (recording.Seconds, recording.Channels, recording.Price, recording.PriceUnit, recording.Status));
    }

    [Theory]
    [InlineData(400, 21211, "twilio-refused-21211")]
    [InlineData(400, 21215, "twilio-refused-21215")]
    [InlineData(403, 13227, "twilio-refused-13227")]
    [InlineData(401, 20003, "twilio-refused-20003")]
    [InlineData(404, 20404, "twilio-refused-20404")]
    [InlineData(429, 20429, "twilio-refused-20429")]
    [InlineData(400, 99999, "twilio-refused")]
    public async Task An_error_of_twilios_is_a_refusal_with_its_number(int status, int number, string code)
    {
        await using var server = new WireServer(_ => WireAnswer.Of(status, Samples.Error(number, status)));
        using var client = Samples.Client(server);
        var refusal = Assert.IsType<TwilioAnswer<TwilioCall>.Refused>(await client.CreateCallAsync(Wanted, null, default)).Refusal;
        Assert.Equal(new TwilioRefusal(code, number, status), refusal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(429, "<html>slow down</html>", "twilio-refused-20429")]
    [InlineData(401, "", "twilio-refused-20003")]
    [InlineData(404, "[1]", "twilio-refused-20404")]
    [InlineData(403, """{"code":"none"}""", "twilio-refused")]
    public async Task A_refusal_without_a_number_goes_by_its_status(int status, string body, string code)
    {
        await using var server = new WireServer(_ => WireAnswer.Of(status, body, type: "text/html"));
        using var client = Samples.Client(server);
        Assert.Equal(new TwilioRefusal(code, null, status), Assert.IsType<TwilioAnswer<TwilioCall>.Refused>(await client.CreateCallAsync(Wanted, null, default)).Refusal);
    }

    /// <summary>5xx, statuses that something in between may have given after passing the request on, redirects, and successes that say nothing.</summary>
    [Theory]
    [InlineData(500, "{}")]
    [InlineData(500, """{"code":20500,"status":500}""")]
    [InlineData(502, "<html>bad gateway</html>")]
    [InlineData(503, "")]
    [InlineData(504, "")]
    [InlineData(408, "")]
    [InlineData(409, "{}")]
    [InlineData(499, "")]
    [InlineData(302, "")]
    [InlineData(307, "")]
    [InlineData(201, "")]
    [InlineData(201, "[]")]
    [InlineData(201, "null")]
    [InlineData(201, "<Response/>")]
    [InlineData(201, "{}")]
    [InlineData(201, """{"sid":null}""")]
    [InlineData(201, """{"sid":"CA12"}""")]
    [InlineData(201, """{"sid":"PN0123456789abcdef0123456789abcdef"}""")]
    public async Task Everything_else_is_lost_and_the_request_is_not_sent_again(int status, string body)
    {
        await using var server = new WireServer(_ => WireAnswer.Of(status, body, "Location: /elsewhere\r\n"));
        using var client = Samples.Client(server);
        Assert.IsType<TwilioAnswer<TwilioCall>.Lost>(await client.CreateCallAsync(Wanted, null, default));
        Assert.IsType<TwilioAnswer<TwilioParticipant>.Lost>(await client.AddParticipantAsync("cb-1", Samples.Customer, null, default));
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("Retry-After: 7\r\n", 7)]
    [InlineData("Retry-After: Mon, 23 Nov 2026 03:06:00 GMT\r\n", 60)]
    public async Task A_refusal_tells_how_long_twilio_wants_to_be_left_alone(string header, int seconds)
    {
        await using var server = new WireServer(_ => WireAnswer.Of(429, Samples.Error(20429, 429), header));
        using var client = Samples.Client(server, Samples.Clock());
        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.IsType<TwilioAnswer<TwilioCall>.Refused>(await client.CreateCallAsync(Wanted, null, default)).Refusal.RetryAfter);
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_lost_when_the_patience_is_over()
    {
        using var arrived = new SemaphoreSlim(0);
        using var leave = new ManualResetEventSlim();
        await using var server = new WireServer(_ =>
        {
            arrived.Release();
            leave.Wait(TimeSpan.FromSeconds(30));
            return WireAnswer.Of(201, Samples.Call);
        });
        var clock = Samples.Clock();
        using var client = Samples.Client(server, clock);
        var asked = client.CreateCallAsync(Wanted, null, default);
        Assert.True(await arrived.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.False(asked.IsCompleted);
        clock.Advance(ProtocolTimes.RequestLife);
        Assert.Equal("timeout", Assert.IsType<TwilioAnswer<TwilioCall>.Lost>(await asked.WaitAsync(TimeSpan.FromSeconds(30))).Why);
        leave.Set();
    }

    [Fact]
    public void No_record_writes_a_phone_number_or_a_secret_into_a_log()
    {
        var call = new TwilioCall(Samples.CallSid, "queued", "+8613800138000", "+861012345678", null, null, null, null, null, null, null, null, null);
        object[] records = [Wanted, Samples.Customer, call, new TwilioCallerId("+861012345678", null, true), Samples.Account(new("https://api.twilio.com")), new TwilioAnswer<TwilioCall>.Ok(call)];
        Assert.All(records, record =>
        {
            Assert.DoesNotContain("138001", record.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("101234", record.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("token", record.ToString(), StringComparison.Ordinal);
        });
    }
}
