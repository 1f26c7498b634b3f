using Callback.Telephony.Twilio;

namespace Callback.Tests.Telephony.Twilio;

/// <summary>Reading may be repeated, and lists are read to their end.</summary>
public sealed class TwilioReadTests
{
    private static readonly DateTimeOffset Since = new(2026, 11, 23, 3, 5, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task What_only_reads_is_asked_three_times_at_most(int status)
    {
        var asked = 0;
        await using var server = new WireServer(_ => ++asked < 3 ? WireAnswer.Of(status, "") : WireAnswer.Of(200, Samples.Call));
        using var client = Samples.Client(server);
        Assert.IsType<TwilioAnswer<TwilioCall>.Ok>(await client.GetCallAsync(Samples.CallSid, default));
        Assert.Equal(TwilioRetry.Attempts, server.Requests.Count);
    }

    [Fact]
    public async Task After_three_times_the_last_answer_stands()
    {
        await using var server = new WireServer(_ => WireAnswer.Of(503, ""));
        using var client = Samples.Client(server);
        Assert.IsType<TwilioAnswer<TwilioCall>.Lost>(await client.GetCallAsync(Samples.CallSid, default));
        Assert.Equal(TwilioRetry.Attempts, server.Requests.Count);
    }

    [Theory]
    [InlineData(404, 20404)]
    [InlineData(401, 20003)]
    public async Task A_clear_no_is_not_asked_again(int status, int number)
    {
        await using var server = new WireServer(_ => WireAnswer.Of(status, Samples.Error(number, status)));
        using var client = Samples.Client(server);
        var refusal = Assert.IsType<TwilioAnswer<TwilioCall>.Refused>(await client.GetCallAsync(Samples.CallSid, default)).Refusal;
        Assert.Equal((number, status == 404), (refusal.TwilioCode, refusal.NotFound));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Retry_after_is_honoured_but_not_for_longer_than_five_seconds()
    {
        var asked = 0;
        using var arrived = new SemaphoreSlim(0);
        await using var server = new WireServer(_ =>
        {
            arrived.Release();
            return ++asked == 1 ? WireAnswer.Of(429, "", "Retry-After: 3600\r\n") : WireAnswer.Of(200, Samples.Call);
        });
        var clock = Samples.Clock();
        using var client = Samples.Client(server, clock);
        var reading = client.GetCallAsync(Samples.CallSid, default);
        Assert.True(await arrived.WaitAsync(TimeSpan.FromSeconds(30)));
        var start = clock.GetUtcNow();
        for (var steps = 0; steps < 1000 && !reading.IsCompleted; steps++)
        {
            await Task.WhenAny(reading, arrived.WaitAsync(TimeSpan.FromMilliseconds(20)));
            clock.Advance(TimeSpan.FromMilliseconds(250));
        }
        Assert.IsType<TwilioAnswer<TwilioCall>.Ok>(await reading);
        Assert.True(clock.GetUtcNow() - start >= TwilioRetry.LongestWait);
    }

    [Fact]
    public async Task Changing_and_deleting_are_asked_once()
    {
        await using var server = new WireServer(_ => WireAnswer.Of(503, ""));
        using var client = Samples.Client(server);
        Assert.IsType<TwilioAnswer<TwilioCall>.Lost>(await client.UpdateCallAsync(Samples.CallSid, CallChange.HangUp, default));
        Assert.IsType<TwilioAnswer<Done>.Lost>(await client.DeleteRecordingAsync(Samples.RecordingSid, default));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_recording_that_is_gone_counts_as_deleted()
    {
        await using var server = new WireServer(_ => WireAnswer.Of(404, Samples.Error(20404, 404)));
        using var client = Samples.Client(server);
        Assert.IsType<TwilioAnswer<Done>.Ok>(await client.DeleteRecordingAsync(Samples.RecordingSid, default));
        Assert.IsType<TwilioAnswer<Done>.Refused>(await client.RemoveParticipantAsync(Samples.ConferenceSid, "customer", default));
    }

    [Fact]
    public async Task All_pages_of_a_list_are_read()
    {
        await using var server = new WireServer(request => Page(request.Target.Contains("Page=2", StringComparison.Ordinal) ? null : $"/2010-04-01/Accounts/{Samples.AccountSid}/Calls.json?Page=2&PageToken=x"));
        using var client = Samples.Client(server);
        Assert.Equal(2, Assert.IsType<TwilioAnswer<IReadOnlyList<TwilioCall>>.Ok>(await client.ListCallsAsync("+8613800138000", null, Since, default)).Value.Count);
        Assert.Empty(server.Requests.SelectMany(TwilioDescription.Load().Faults));
    }

    [Theory]
    [InlineData("https://evil.example/2010-04-01/Accounts/x/Calls.json")]
    [InlineData("//evil.example/Calls.json")]
    [InlineData("/2010-04-01/Accounts/ACffffffffffffffffffffffffffffffff/Calls.json")]
    public async Task A_page_elsewhere_is_not_fetched_with_our_credentials(string next)
    {
        await using var server = new WireServer(_ => Page(next));
        using var client = Samples.Client(server);
        Assert.IsType<TwilioAnswer<IReadOnlyList<TwilioCall>>.Lost>(await client.ListCallsAsync("+8613800138000", null, Since, default));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_list_without_end_proves_nothing_and_is_given_up()
    {
        await using var server = new WireServer(_ => Page($"/2010-04-01/Accounts/{Samples.AccountSid}/Calls.json?Page=2"));
        using var client = Samples.Client(server);
        Assert.IsType<TwilioAnswer<IReadOnlyList<TwilioCall>>.Lost>(await client.ListCallsAsync("+8613800138000", null, Since, default));
        Assert.Equal(20, server.Requests.Count);
    }

    [Fact]
    public async Task Pages_from_long_before_the_call_are_not_read()
    {
        await using var server = new WireServer(_ => Page($"/2010-04-01/Accounts/{Samples.AccountSid}/Calls.json?Page=2"));
        using var client = Samples.Client(server);
        Assert.IsType<TwilioAnswer<IReadOnlyList<TwilioCall>>.Ok>(await client.ListCallsAsync("+8613800138000", null, Since + TimeSpan.FromHours(2), default));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_answer_that_is_no_list_is_not_an_empty_one()
    {
        await using var server = new WireServer(_ => WireAnswer.Of(200, "{}"));
        using var client = Samples.Client(server);
        Assert.IsType<TwilioAnswer<IReadOnlyList<TwilioCall>>.Lost>(await client.ListCallsAsync("+8613800138000", null, Since, default));
    }

    [Theory]
    [InlineData("completed", false)]
    [InlineData("in-progress", true)]
    [InlineData("init", true)]
    public async Task A_conference_is_found_by_its_name_unless_it_is_over(string status, bool found)
    {
        await using var server = new WireServer(_ => WireAnswer.Of(200, $$"""{"conferences":[{"sid":"{{Samples.ConferenceSid}}","friendly_name":"cb-1","status":"{{status}}"}]}"""));
        using var client = Samples.Client(server);
        Assert.Equal(found, Assert.IsType<TwilioAnswer<TwilioConference?>.Ok>(await client.FindConferenceAsync("cb-1", default)).Value is not null);
        Assert.Null(Assert.IsType<TwilioAnswer<TwilioConference?>.Ok>(await client.FindConferenceAsync("cb-12", default)).Value);
    }

    [Fact]
    public async Task Rented_and_verified_numbers_are_caller_ids()
    {
        await using var server = new WireServer(request => WireAnswer.Of(200, request.Path.EndsWith("/IncomingPhoneNumbers.json", StringComparison.Ordinal)
            ? """{"incoming_phone_numbers":[{"phone_number":"+861012345678","friendly_name":"Shop"}]}"""
            : """{"outgoing_caller_ids":[{"phone_number":"+861087654321","friendly_name":"Desk"}]}"""));
        using var client = Samples.Client(server);
        var ids = Assert.IsType<TwilioAnswer<IReadOnlyList<TwilioCallerId>>.Ok>(await client.ListCallerIdsAsync(default)).Value;
        Assert.Equal([new("+861012345678", "Shop", true), new("+861087654321", "Desk", false)], ids);
    }

    [Fact]
    public async Task A_recording_is_handed_on_while_it_arrives_and_in_part_if_wished()
    {
        await using var server = new WireServer(request => request.Headers.ContainsKey("Range")
            ? WireAnswer.Of(206, "RI", "Content-Range: bytes 0-1/4\r\n", "audio/x-wav")
            : WireAnswer.Of(200, "RIFF", type: "audio/x-wav"));
        using var client = Samples.Client(server);
        await using var whole = Assert.IsType<TwilioAnswer<RecordingMedia>.Ok>(await client.OpenRecordingAsync(Samples.RecordingSid, RecordingFormat.Wav, null, null, default)).Value;
        Assert.Equal(("audio/x-wav", 4L, null), (whole.ContentType, whole.Length, whole.Range));
        await using var part = Assert.IsType<TwilioAnswer<RecordingMedia>.Ok>(await client.OpenRecordingAsync(Samples.RecordingSid, RecordingFormat.Wav, 0, 1, default)).Value;
        using var reader = new StreamReader(part.Content);
        Assert.Equal(("RI", "bytes 0-1/4"), (await reader.ReadToEndAsync(), part.Range));
        Assert.Equal("bytes=0-1", server.Requests[1].Headers["Range"]);
    }

    [Fact]
    public async Task A_recording_that_is_not_there_is_refused()
    {
        await using var server = new WireServer(_ => WireAnswer.Of(404, Samples.Error(20404, 404)));
        using var client = Samples.Client(server);
        Assert.IsType<TwilioAnswer<RecordingMedia>.Refused>(await client.OpenRecordingAsync(Samples.RecordingSid, RecordingFormat.Mp3, null, null, default));
    }

    private static WireAnswer Page(string? next) =>
        WireAnswer.Of(200, $$"""{"calls":[{{Samples.Call}}],"next_page_uri":{{(next is null ? "null" : $"\"{next}\"")}}}""");
}
