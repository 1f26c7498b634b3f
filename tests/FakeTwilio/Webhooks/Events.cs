using System.Globalization;
using TwilioFake.Network;

namespace TwilioFake.Webhooks;

/// <summary>Writes the webhooks of calls, conferences and recordings, and hands them to the courier. Called under the world's lock.</summary>
internal sealed class Events(World world, Courier courier)
{
    public static string Rfc2822(DateTimeOffset at) => at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    /// <summary>What every webhook about a call says.</summary>
    public List<KeyValuePair<string, string>> About(FakeCall call, string? status = null)
    {
        List<KeyValuePair<string, string>> form =
        [
            new("AccountSid", world.Options.AccountSid), new("ApiVersion", "2010-04-01"), new("CallSid", call.Sid), new("CallStatus", status ?? call.Status),
            new("Called", call.To), new("Caller", call.From), new("Direction", "outbound-api"), new("From", call.From), new("To", call.To),
        ];
        if (call.AnsweredBy is { } who)
            form.Add(new("AnsweredBy", who));
        return form;
    }

    /// <param name="happened">initiated, ringing, answered or completed.</param>
    public void CallStatus(FakeCall call, string happened)
    {
        var wanted = call.Asked.All("StatusCallbackEvent");
        if (call.StatusCallback is not { } url || !(wanted.Count == 0 ? happened == "completed" : wanted.Contains(happened)))
            return;
        var form = About(call, happened == "initiated" ? "initiated" : null);
        form.AddRange(
        [
            new("CallbackSource", "call-progress-events"), new("SequenceNumber", Text(call.Sequence++)), new("Timestamp", Rfc2822(world.Now)),
        ]);
        if (call.Ended)
            AddEnd(call, form);
        courier.Post(new("call-status", happened, call.Sid, call.To, call.Sid, url, call.StatusCallbackMethod, form));
    }

    public void MachineDetected(FakeCall call, string url, string method, TimeSpan took)
    {
        var form = About(call);
        form.Add(new("MachineDetectionDuration", Text((int)took.TotalMilliseconds)));
        courier.Post(new("amd", call.AnsweredBy ?? "unknown", call.Sid, call.To, call.Sid, url, method, form));
    }

    /// <param name="happened">Such as conference-start, participant-join.</param>
    public void Conference(FakeConference room, string happened, FakeParticipant? who)
    {
        var group = happened[(happened.IndexOf('-', StringComparison.Ordinal) + 1)..] switch
        {
            "unmute" => "mute",
            "unhold" => "hold",
            var plain => plain,
        };
        if (room.Wishes is not { StatusCallback: { } url } wishes || !(wishes.Events.Count == 0 ? group is "start" or "end" : wishes.Events.Contains(group)))
            return;
        List<KeyValuePair<string, string>> form =
        [
            new("AccountSid", world.Options.AccountSid), new("ConferenceSid", room.Sid), new("FriendlyName", room.Name), new("SequenceNumber", Text(++room.Sequence)),
            new("StatusCallbackEvent", happened), new("Timestamp", Rfc2822(world.Now)),
        ];
        if (who is not null)
            AddParticipant(who, happened, form);
        if (happened == "conference-end")
            form.AddRange([new("CallSidEndingConference", room.EndedBy ?? ""), new("ReasonConferenceEnded", room.Reason ?? "")]);
        courier.Post(new("conference", happened, who?.Call.Sid ?? "", who?.Call.To ?? "", room.Sid, url, wishes.StatusCallbackMethod, form));
    }

    public void Recording(FakeRecording recording, string happened)
    {
        if (recording.StatusCallback is not { } url || !recording.Events.Contains(happened))
            return;
        List<KeyValuePair<string, string>> form =
        [
            new("AccountSid", world.Options.AccountSid), new("CallSid", recording.CallSid), new("RecordingSid", recording.Sid), new("RecordingStatus", happened),
            new("RecordingUrl", RecordingUrl(recording)), new("RecordingDuration", Text(recording.Seconds)), new("RecordingChannels", Text(recording.Channels)),
            new("RecordingStartTime", Rfc2822(recording.StartedAt)), new("RecordingSource", recording.Source), new("RecordingTrack", recording.Track), new("ErrorCode", "0"),
        ];
        if (recording.ConferenceSid is { } conference)
            form.Add(new("ConferenceSid", conference));
        var to = world.FindCall(recording.CallSid)?.To ?? "";
        courier.Post(new("recording", happened, recording.CallSid, to, recording.Sid, url, recording.StatusCallbackMethod, form));
    }

    private string RecordingUrl(FakeRecording recording) => $"{world.PublicAddress}/2010-04-01/Accounts/{world.Options.AccountSid}/Recordings/{recording.Sid}";

    private void AddEnd(FakeCall call, List<KeyValuePair<string, string>> form)
    {
        form.AddRange([new("CallDuration", Text(call.Seconds)), new("Duration", Text((call.Seconds + 59) / 60))]);
        if (call.Sip is { } sip)
            form.Add(new("SipResponseCode", Text(sip)));
        if (call.Asked.Flag("Record") && world.Recordings.Find(recording => recording.CallSid == call.Sid && recording.Source == "OutboundAPI") is { } tape)
            form.AddRange([new("RecordingUrl", RecordingUrl(tape)), new("RecordingSid", tape.Sid), new("RecordingDuration", Text(tape.Seconds))]);
    }

    private static void AddParticipant(FakeParticipant who, string happened, List<KeyValuePair<string, string>> form)
    {
        form.AddRange(
        [
            new("CallSid", who.Call.Sid), new("Muted", Flag(who.Muted)), new("Hold", Flag(who.Hold)), new("Coaching", Flag(who.Coaching)),
            new("EndConferenceOnExit", Flag(who.EndConferenceOnExit)), new("StartConferenceOnEnter", Flag(who.StartConferenceOnEnter)),
        ]);
        if (who.Label is { } label)
            form.Add(new("ParticipantLabel", label));
        if (who.CallSidToCoach is { } coached)
            form.Add(new("CallSidToCoach", coached));
        if (happened == "participant-leave")
            form.AddRange([new("ParticipantCallStatus", who.Call.Status), new("ReasonParticipantLeft", who.Call.Ended ? "participant_hung_up" : "participant_updated_via_api")]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Flag(bool value) => value ? "true" : "false";
}
