using Microsoft.Extensions.Logging;

namespace Callback.Telephony.Twilio;

/// <summary>
/// Real calls through Twilio: the agent's phone waits in a conference, the customer is called into it. Asked once, never again: what Twilio did not clearly refuse is
/// unknown until an event with the attempt's own address or Twilio's list settles it.
/// </summary>
public sealed partial class TwilioLine(TwilioClient client, TwilioAccount account, TwilioAddresses addresses, TimeProvider time, ILogger<TwilioLine> log) : IBridgeLine
{
    public const string LineName = "twilio";

    /// <summary>How long an agent's or a guest's own phone may ring.</summary>
    private static readonly TimeSpan LegRings = TimeSpan.FromSeconds(30);

    /// <summary>No call lasts so long, and Twilio keeps its records for longer: what is not listed then belongs to another account or was deleted.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(24);

    private readonly TwilioTime clock = new(time);

    public string Name => LineName;

    public bool HasSoftphone => account.HasSoftphone;

    public LineCapabilities Capabilities { get; } =
        new(ShowsNumber: false, AgentReportsStates: false, CanHangUp: true) { NeedsAgentLeg = true, AskAfter = ProtocolTimes.AskAfter };

    public async Task<LineAnswer> PlaceAsync(LineCall call, Deadline deadline, CancellationToken ct)
    {
        if (call is not { Room: { } room, CallerId: { } caller })
            return new LineAnswer.Refused("line-not-set-up");
        // What has to be said or sent before the customer is in the room takes a call of its own; else the agent hears it ring.
        return call.Number.Extension is not null || call.Recording == CallRecording.WithNotice
            ? Answer(await client.CreateCallAsync(OwnCall(call, room, caller), deadline, ct), created => created.Sid)
            : Answer(await client.AddParticipantAsync(room, IntoRoom(call, caller), deadline, ct), participant => participant.CallSid);
    }

    public async Task<LineEvent?> HangUpAsync(LineCall call, CancellationToken ct)
    {
        if (call.CallId is { } callId)
            await EndLegAsync(callId, ct);
        return null;
    }

    /// <exception cref="LineSilentException">Twilio's list could not be read: that is no empty list.</exception>
    public async Task<FoundCall> FindAsync(LineCall call, CancellationToken ct)
    {
        var sent = clock.ToTwilio(call.At);
        var listed = Heard(await client.ListCallsAsync(call.Number.E164, call.CallerId, sent - ProtocolTimes.MatchBefore, ct));
        var fitting = listed.Where(found => Fits(found, call, sent)).ToList();
        // Two that fit equally prove nothing: then it counts as spent sooner or later, and nobody can release it.
        return fitting switch
        {
            [] => new FoundCall.NotListed(),
            [var one] when !call.HasRival => new FoundCall.Found(one.Sid),
            _ => new FoundCall.SeveralFit(),
        };
    }

    /// <exception cref="LineSilentException">Twilio could not be asked.</exception>
    public async Task<IReadOnlyList<LineEvent>> PollAsync(LineCall call, CancellationToken ct)
    {
        if (call.CallId is not { } callId)
            return [];
        var answer = await client.GetCallAsync(callId, ct);
        return answer is TwilioAnswer<TwilioCall>.Refused { Refusal.NotFound: true } && time.GetUtcNow() - call.At > Forgotten
            ? [new(call.Shop, Name, callId, 1000 + (int)CallState.Completed, CallState.Completed, time.GetUtcNow(), call.AttemptId)]
            : [.. EventsOf(call, Heard(answer))];
    }

    /// <exception cref="LineSilentException">Twilio's list could not be read whole.</exception>
    public async Task<IReadOnlyList<ListedCall>> ListAsync(string callerId, DateTimeOffset since, CancellationToken ct)
    {
        var from = clock.ToTwilio(since);
        var listed = Heard(await client.ListCallsFromAsync(callerId, from, ct));
        return [.. listed.Where(call => call is { To: not null, CreatedAt: { } at } && at >= from).OrderBy(call => call.CreatedAt).ThenBy(call => call.Sid, StringComparer.Ordinal)
            .Select(call => new ListedCall(call.Sid, call.To!, clock.ToOurs(call.CreatedAt!.Value)))];
    }

    public LineNews Read(InboxEntry entry) => TwilioWebhook.Read(entry, clock);

    private static bool Fits(TwilioCall found, LineCall call, DateTimeOffset sent) =>
        found.To == call.Number.E164
        && (call.CallerId is null || found.From == call.CallerId)
        && found.CreatedAt >= sent - ProtocolTimes.MatchBefore
        && found.CreatedAt <= sent + ProtocolTimes.MatchAfter
        && !call.Others.Contains(found.Sid);

    /// <summary>What a call's record tells, as if its events had come: where it ended after a talk, that it was answered, too.</summary>
    private IEnumerable<LineEvent> EventsOf(LineCall call, TwilioCall found)
    {
        if (found.State is not { } state)
            yield break;
        var figures = new CallFigures(found.Seconds, null, found.AnsweredBy, found.Price is { } price ? Math.Abs(price) : null, found.PriceUnit);
        var ended = clock.ToOursOrNow(found.EndedAt);
        if (state == CallState.Completed)
            yield return Event(CallState.Answered, ended - TimeSpan.FromSeconds(found.Seconds ?? 0), null);
        yield return Event(state, state.IsOver() ? ended : clock.ToOursOrNow(null), figures);

        // Twilio numbers its own events from 0.
        LineEvent Event(CallState told, DateTimeOffset at, CallFigures? with) => new(call.Shop, Name, found.Sid, 1000 + (int)told, told, at, call.AttemptId) { Figures = with };
    }

    private AddParticipant IntoRoom(LineCall call, string caller) => new(call.Number.E164, caller, CustomerLabel)
    {
        Status = new(Hook(call, HookKind.Status)),
        RingFor = call.RingTime,
        MachineDetection = call.DetectMachine ? new(Hook(call, HookKind.Amd)) : null,
        Recording = call.Recording == CallRecording.Off ? null : new(Hook(call, HookKind.Recording)),
    };

    private CreateCall OwnCall(LineCall call, string room, string caller) => new(call.Number.E164, caller, Greeting(call, room).ToString())
    {
        Status = new(Hook(call, HookKind.Status)),
        RingFor = call.RingTime,
        // The host of a privacy number wants a moment before it listens.
        SendDigits = call.Number.Extension is { } extension ? $"WW{extension}#" : null,
        // Twilio ignores it where digits are sent.
        MachineDetection = call.DetectMachine && call.Number.Extension is null ? new(Hook(call, HookKind.Amd)) : null,
        Recording = call.Recording == CallRecording.Off ? null : new(Hook(call, HookKind.Recording)),
    };

    private static TwiML Greeting(LineCall call, string room)
    {
        var said = new TwiML();
        if (call.Recording == CallRecording.WithNotice)
            said.Say(SpokenSentences.RecordingNoticeIn(call.Language), call.Language);
        return said.Conference(new(room, CustomerLabel));
    }

    private Uri Hook(LineCall call, HookKind kind) => addresses.Of(call.Shop, call.AttemptId, kind);

    private LineAnswer Answer<T>(TwilioAnswer<T> answer, Func<T, string> id)
    {
        switch (answer)
        {
            case TwilioAnswer<T>.Ok(var done):
                return new LineAnswer.Accepted(id(done));
            case TwilioAnswer<T>.Refused(var refusal):
                Refused(refusal.Code, refusal.TwilioCode, refusal.HttpStatus);
                return new LineAnswer.Refused(refusal.Code);
            case TwilioAnswer<T>.Lost(var why):
                Lost(why);
                return new LineAnswer.Unknown(why);
            default:
                throw new InvalidOperationException("Twilio did it, refused it, or was not heard.");
        }
    }

    private static T Heard<T>(TwilioAnswer<T> answer) => answer switch
    {
        TwilioAnswer<T>.Ok(var value) => value,
        TwilioAnswer<T>.Refused(var refusal) => throw new LineSilentException(refusal.Code),
        TwilioAnswer<T>.Lost(var why) => throw new LineSilentException(why),
        _ => throw new InvalidOperationException("Twilio did it, refused it, or was not heard."),
    };

    private const string CustomerLabel = "customer";

    private const string AgentLabel = "agent";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Twilio refused: {Code} (number {TwilioCode}, HTTP {HttpStatus}).")]
    private partial void Refused(string code, int? twilioCode, int? httpStatus);

    [LoggerMessage(Level = LogLevel.Error, Message = "Twilio's answer was lost ({Why}); whether it was done is not known and is looked for.")]
    private partial void Lost(string why);
}
