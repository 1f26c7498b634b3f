using System.Text;
using Callback.Telephony.Twilio;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.Telephony.Twilio;

/// <summary>What the client sends, against Twilio's own description of its API.</summary>
public sealed class TwilioRequestTests
{
    private static readonly WireAnswer None = WireAnswer.NoContent;

    [Fact]
    public async Task Every_request_is_as_twilio_describes_it_and_its_answer_is_read()
    {
        var description = TwilioDescription.Load();
        foreach (var (method, body, deed) in TwilioDeeds.All)
        {
            await using var server = new WireServer(request => request.Verb == "DELETE" ? None : WireAnswer.Of(request.Target.EndsWith("s.json", StringComparison.Ordinal) && request.Verb == "POST" ? 201 : 200, body));
            using var client = Samples.Client(server);
            var answer = await deed(client);
            Assert.True(answer.GetType().Name == "Ok", $"{method}: {answer}");
            Assert.NotEmpty(server.Requests);
            Assert.All(server.Requests, request => Assert.True(description.Faults(request) is [], $"{method}: {string.Join(", ", description.Faults(request))}"));
        }
    }

    [Fact]
    public void No_method_of_the_client_is_left_out_above() =>
        Assert.Equal(
            typeof(TwilioClient).GetMethods().Select(method => method.Name).Where(name => name.EndsWith("Async", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            TwilioDeeds.All.Select(deed => deed.Method).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_post_has_a_body_and_speaks_http_1_1_with_the_account_as_its_login()
    {
        await using var server = new WireServer(_ => WireAnswer.Of(500, "{}"));
        using var client = Samples.Client(server, new FastTime());
        foreach (var (_, _, deed) in TwilioDeeds.All.Where(deed => deed.Method is not ("GetCallAsync" or "ListCallsAsync" or "ListCallsFromAsync" or "ListParticipantsAsync" or "FindConferenceAsync" or "GetRecordingAsync" or "GetAccountAsync" or "ListCallerIdsAsync")))
            await deed(client);
        Assert.All(server.Requests.Where(request => request.Verb == "POST"), request => Assert.NotEmpty(request.Body));
        Assert.All(server.Requests, request => Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Samples.AccountSid}:token"))}", request.Headers["Authorization"]));
        Assert.All(server.Requests, request => Assert.False(request.Headers.ContainsKey("Cookie") || request.Headers.ContainsKey("Expect")));
    }

    [Fact]
    public async Task An_api_key_signs_in_instead_of_the_token()
    {
        await using var server = new WireServer(_ => WireAnswer.Of(200, Samples.Call));
        using var client = Samples.Client(Samples.Account(server.Address) with { ApiKey = "SK" + Samples.Hex, ApiSecret = "5ecret" });
        await client.GetCallAsync(Samples.CallSid, default);
        var login = Encoding.UTF8.GetString(Convert.FromBase64String(Assert.Single(server.Requests).Headers["Authorization"]["Basic ".Length..]));
        Assert.Equal($"SK{Samples.Hex}:5ecret", login);
    }

    [Fact]
    public async Task The_customers_leg_says_what_the_line_needs()
    {
        await using var server = new WireServer(_ => WireAnswer.Of(201, Samples.Participant));
        using var client = Samples.Client(server);
        await client.AddParticipantAsync("cb 1/2", Samples.Customer with { Recording = new(Samples.Hook), MachineDetection = new(Samples.Hook) }, null, default);
        var request = Assert.Single(server.Requests);
        Assert.EndsWith("/Conferences/cb%201%2F2/Participants.json", request.Target, StringComparison.Ordinal);
        Assert.Equal(["initiated", "ringing", "answered", "completed"], request.Values("StatusCallbackEvent"));
        Assert.Equal(["in-progress completed absent"], request.Values("RecordingStatusCallbackEvent"));
        Assert.Equal(
            ["+8613800138000", "+861012345678", "customer", "30", "true", "true", "dual", "Enable"],
            new[] { "To", "From", "Label", "Timeout", "EarlyMedia", "EndConferenceOnExit", "RecordingChannels", "MachineDetection" }.Select(name => Assert.Single(request.Values(name))));
    }

    /// <summary>Whatever is combined, the description knows it: form by form, without the wire.</summary>
    [Fact]
    public void Any_combination_of_wishes_is_as_described()
    {
        var wishes = Gen.Choose(0, 1).ArrayOf(8).Select(bits => bits.Select(bit => bit == 1).ToArray());
        Prop.ForAll(Gen.Zip(wishes, Gen.Choose(5, 600)).ToArbitrary(), pair =>
        {
            var (wish, seconds) = pair;
            var participant = new AddParticipant("+8613800138000", "client:agent_1", "customer")
            {
                Status = wish[0] ? new(Samples.Hook) : null,
                RingFor = wish[1] ? TimeSpan.FromSeconds(seconds) : null,
                EarlyMedia = wish[2],
                Muted = wish[3],
                EndConferenceOnExit = wish[4],
                CoachCallSid = wish[5] ? Samples.CallSid : null,
                MachineDetection = wish[6] ? new(Samples.Hook) : null,
                Recording = wish[7] ? new(Samples.Hook) : null,
            };
            var call = new CreateCall("+8613800138000", "+861012345678", wish[2] ? new TwiML().Say("<&> 您好", "zh-CN").ToString() : null)
            {
                Url = wish[3] ? Samples.Hook : null,
                Status = participant.Status,
                RingFor = participant.RingFor,
                SendDigits = wish[4] ? "WW7576#" : null,
                MachineDetection = participant.MachineDetection,
                Recording = participant.Recording,
            };
            return Faults("Calls.json", TwilioForms.Of(call)).Count == 0 && Faults("Conferences/cb-1/Participants.json", TwilioForms.Of(participant)).Count == 0;
        }).QuickCheckThrowOnFailure();
    }

    private static IReadOnlyList<string> Faults(string path, TwilioForm form)
    {
        var headers = new Dictionary<string, string> { ["Authorization"] = "Basic eDp5", ["Content-Type"] = "application/x-www-form-urlencoded" };
        return TwilioDescription.Load().Faults(new("POST", $"/2010-04-01/Accounts/{Samples.AccountSid}/{path}", headers, Encoding.UTF8.GetString(form.ToBytes()), 0));
    }
}
