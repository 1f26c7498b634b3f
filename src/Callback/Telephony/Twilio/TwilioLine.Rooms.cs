namespace Callback.Telephony.Twilio;

/// <summary>Agents' phones, guests, and what is done to a running call.</summary>
public sealed partial class TwilioLine
{
    public async Task<LineAnswer> CallAgentAsync(LegCall leg, Deadline deadline, CancellationToken ct)
    {
        // Only what the first who enters says of the conference's events counts; and with the agent's phone the talk ends.
        var room = new ConferenceRoom(leg.Room, AgentLabel) { EndOnExit = true, Status = addresses.Of(leg.Shop, leg.Id, HookKind.Conference) };
        var call = new CreateCall(leg.Address, leg.CallerId, new TwiML().Conference(room).ToString()) { Status = new(addresses.Of(leg.Shop, leg.Id, HookKind.Leg)), RingFor = LegRings };
        return Answer(await client.CreateCallAsync(call, deadline, ct), created => created.Sid);
    }

    public async Task<LineAnswer> InviteAsync(LegCall leg, GuestMode mode, string? agentCallId, Deadline deadline, CancellationToken ct)
    {
        var guest = new AddParticipant(leg.Address, leg.CallerId, $"guest-{leg.Id:N}")
        {
            Status = new(addresses.Of(leg.Shop, leg.Id, HookKind.Guest)),
            RingFor = LegRings,
            // Nobody but an agent who waits for a supervisor should hear another phone ring.
            EarlyMedia = mode == GuestMode.Transfer,
            Muted = mode == GuestMode.Listen,
            CoachCallSid = mode == GuestMode.Whisper ? agentCallId : null,
        };
        return Answer(await client.AddParticipantAsync(leg.Room, guest, deadline, ct), participant => participant.CallSid);
    }

    public async Task<LineAnswer> TestCallAsync(LegCall leg, CancellationToken ct)
    {
        var says = new TwiML().Say(SpokenSentences.TestIn(leg.Language), leg.Language).Hangup();
        return Answer(await client.CreateCallAsync(new(leg.Address, leg.CallerId, says.ToString()) { RingFor = LegRings }, Deadline.StartNow(time), ct), created => created.Sid);
    }

    public async Task<CallState?> LegAsync(string callId, CancellationToken ct) => await client.GetCallAsync(callId, ct) switch
    {
        TwilioAnswer<TwilioCall>.Ok(var call) => call.State,
        // A call that Twilio does not know is over, whatever it was.
        TwilioAnswer<TwilioCall>.Refused { Refusal.NotFound: true } => CallState.Failed,
        _ => null,
    };

    public async Task<string?> FindRoomAsync(string room, CancellationToken ct) =>
        await client.FindConferenceAsync(room, ct) is TwilioAnswer<TwilioConference?>.Ok(var found) ? found?.Sid : null;

    public Task<ActAnswer> HoldAsync(string roomId, string callId, bool on, CancellationToken ct) => ChangeAsync(roomId, callId, new() { Hold = on }, ct);

    public Task<ActAnswer> MuteAsync(string roomId, string callId, bool on, CancellationToken ct) => ChangeAsync(roomId, callId, new() { Muted = on }, ct);

    public Task<ActAnswer> LetLeaveAsync(string roomId, string callId, CancellationToken ct) => ChangeAsync(roomId, callId, new() { EndConferenceOnExit = false }, ct);

    public Task<ActAnswer> ChangeGuestAsync(string roomId, string callId, GuestMode mode, string? agentCallId, CancellationToken ct) => ChangeAsync(
        roomId, callId, new() { Muted = mode == GuestMode.Listen, Coaching = mode == GuestMode.Whisper, CoachCallSid = mode == GuestMode.Whisper ? agentCallId : null }, ct);

    public Task<ActAnswer> SendDigitsAsync(LineCall call, string digits, CancellationToken ct) =>
        UpdateAsync(call.CallId!, CallChange.To(new TwiML().PlayDigits(digits).Conference(new(call.Room!, CustomerLabel))), ct);

    public Task<ActAnswer> ApologiseAsync(LineCall call, CancellationToken ct) =>
        UpdateAsync(call.CallId!, CallChange.To(new TwiML().Say(SpokenSentences.ApologyIn(call.Language), call.Language).Hangup()), ct);

    public Task<ActAnswer> EndLegAsync(string callId, CancellationToken ct) => UpdateAsync(callId, CallChange.HangUp, ct);

    public Task<ActAnswer> CancelAsync(string callId, CancellationToken ct) => UpdateAsync(callId, CallChange.Cancel, ct);

    public async Task<ActAnswer> PauseRecordingAsync(string callId, bool pause, CancellationToken ct) =>
        Act(await client.ChangeRecordingAsync(RecordingOf.Call, callId, pause ? RecordingChange.Pause : RecordingChange.Resume, ct));

    public async Task<RecordingSound?> OpenRecordingAsync(string recordingId, long? from, long? to, CancellationToken ct) =>
        await client.OpenRecordingAsync(recordingId, RecordingFormat.Wav, from, to, ct) is TwilioAnswer<RecordingMedia>.Ok(var media)
            ? new(media.Content, media.ContentType, media.Length, media.Range)
            : null;

    public async Task<ActAnswer> DeleteRecordingAsync(string recordingId, CancellationToken ct) => Act(await client.DeleteRecordingAsync(recordingId, ct));

    public async Task<CallFigures?> FiguresAsync(string callId, CancellationToken ct) =>
        await client.GetCallAsync(callId, ct) is TwilioAnswer<TwilioCall>.Ok({ Price: { } price } call)
            ? new(call.Seconds, null, call.AnsweredBy, Math.Abs(price), call.PriceUnit)
            : null;

    public async Task<LineAccount> CheckAsync(CancellationToken ct)
    {
        switch (await client.GetAccountAsync(ct))
        {
            case TwilioAnswer<TwilioAccountState>.Refused(var refusal):
                return new(refusal.Code, null, false, []);
            case TwilioAnswer<TwilioAccountState>.Lost:
                return new("line-silent", null, false, []);
            case TwilioAnswer<TwilioAccountState>.Ok(var state):
                var numbers = await client.ListCallerIdsAsync(ct) is TwilioAnswer<IReadOnlyList<TwilioCallerId>>.Ok(var listed) ? listed : [];
                // 20005 is Twilio's number for an account that is not active.
                return new(
                    state.Status is null or "active" ? null : "twilio-refused-20005", state.FriendlyName, state.Type == "Trial",
                    [.. numbers.Select(number => new LineNumber(number.Number, number.FriendlyName, number.Owned))]);
            default:
                throw new InvalidOperationException("Twilio did it, refused it, or was not heard.");
        }
    }

    private async Task<ActAnswer> ChangeAsync(string roomId, string callId, ParticipantChange change, CancellationToken ct) =>
        Act(await client.UpdateParticipantAsync(roomId, callId, change, ct));

    private async Task<ActAnswer> UpdateAsync(string callId, CallChange change, CancellationToken ct) => Act(await client.UpdateCallAsync(callId, change, ct));

    private ActAnswer Act<T>(TwilioAnswer<T> answer) => Answer(answer, _ => "") switch
    {
        LineAnswer.Accepted => new ActAnswer.Done(),
        LineAnswer.Refused no => new ActAnswer.Refused(no.Code),
        LineAnswer.Unknown unknown => new ActAnswer.Lost(unknown.Why),
        _ => throw new InvalidOperationException("A line accepts, refuses, or is not heard."),
    };
}
