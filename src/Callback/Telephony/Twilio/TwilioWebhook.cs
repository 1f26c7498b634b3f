using System.Globalization;
using System.Text.Json;

namespace Callback.Telephony.Twilio;

/// <summary>Reads what Twilio posts: first into what is kept, without anybody's number, later into what it means.</summary>
public static class TwilioWebhook
{
    /// <summary>All that is kept of a request. Numbers, names of places and whatever Twilio will add some day are left out.</summary>
    private static readonly string[] Kept =
    [
        "CallSid", "ParentCallSid", "CallStatus", "SequenceNumber", "Timestamp", "CallDuration", "SipResponseCode", "ErrorCode", "QueueTime", "AnsweredBy", "MachineDetectionDuration",
        "ConferenceSid", "FriendlyName", "StatusCallbackEvent", "ParticipantLabel", "Muted", "Hold", "Coaching", "ReasonParticipantLeft", "ReasonConferenceEnded",
        "CallSidEndingConference", "RecordingSid", "RecordingStatus", "RecordingDuration", "RecordingChannels", "RecordingStartTime", "RecordingErrorCode",
    ];

    private const int LongestValue = 200;

    /// <param name="kind">From the address.</param>
    /// <param name="form">The fields of the request.</param>
    /// <returns>Null: the request lacks what every such request has.</returns>
    public static InboxEntry? Keep(ShopId shop, Guid subject, HookKind kind, IReadOnlyCollection<KeyValuePair<string, string>> form, DateTimeOffset now)
    {
        var fields = form.Where(field => Kept.Contains(field.Key, StringComparer.Ordinal) && field.Value.Length <= LongestValue)
            .GroupBy(field => field.Key, StringComparer.Ordinal)
            .ToDictionary(field => field.Key, field => field.First().Value, StringComparer.Ordinal);
        var call = fields.GetValueOrDefault(kind == HookKind.Conference ? "ConferenceSid" : "CallSid");
        var what = kind switch
        {
            HookKind.Conference => fields.GetValueOrDefault("StatusCallbackEvent"),
            HookKind.Recording => $"{fields.GetValueOrDefault("RecordingSid")}:{fields.GetValueOrDefault("RecordingStatus")}",
            HookKind.Amd => fields.GetValueOrDefault("AnsweredBy"),
            _ => fields.GetValueOrDefault("CallStatus"),
        };
        if (string.IsNullOrEmpty(call) || string.IsNullOrEmpty(what) || call.Length > 64)
            return null;
        return new(shop, TwilioLine.LineName, call, $"{kind.ToString().ToLowerInvariant()}:{what}", Whole(fields, "SequenceNumber") ?? 0, subject, JsonSerializer.Serialize(fields), now);
    }

    internal static LineNews Read(InboxEntry entry, TwilioTime time)
    {
        var fields = JsonSerializer.Deserialize<Dictionary<string, string>>(entry.Body)!;
        return TwilioAddresses.KindOf(entry.Event.Split(':')[0]) switch
        {
            HookKind.Status when StateOf(fields) is { } state => new LineNews.OfCall(
                new(entry.Shop, entry.Line, entry.CallId, entry.Sequence, state, AtOf(fields, entry, time), entry.Subject) { Figures = FiguresOf(fields) }),
            HookKind.Leg when StateOf(fields) is { } state => new LineNews.OfAgent(entry.Subject, entry.CallId, state),
            HookKind.Guest when StateOf(fields) is { } state => new LineNews.OfGuest(entry.Subject, entry.CallId, state),
            HookKind.Conference => new LineNews.OfRoom(entry.Subject, entry.CallId),
            HookKind.Amd when fields.GetValueOrDefault("AnsweredBy") is { } who => new LineNews.OfMachine(entry.Subject, entry.CallId, who),
            HookKind.Recording => RecordingOf(entry, fields, time),
            _ => new LineNews.Nothing(),
        };
    }

    /// <summary>The network's own code says more than Twilio's word: 480 is a phone that is off, 603 a customer who declined.</summary>
    internal static CallState? StateOf(string? status, int? sipCode) => (TwilioStates.Of(status), sipCode) switch
    {
        (CallState.Failed, 480 or 408) => CallState.NoAnswer,
        (CallState.Failed or CallState.Busy or CallState.NoAnswer, 603) => CallState.Declined,
        (var state, _) => state,
    };

    private static CallState? StateOf(Dictionary<string, string> fields) => StateOf(fields.GetValueOrDefault("CallStatus"), Whole(fields, "SipResponseCode"));

    private static LineNews RecordingOf(InboxEntry entry, Dictionary<string, string> fields, TwilioTime time) =>
        (fields.GetValueOrDefault("RecordingSid"), fields.GetValueOrDefault("RecordingStatus")) switch
        {
            ({ Length: > 0 } id, { } status) when status is "in-progress" or "completed" or "absent" or "failed" => new LineNews.OfRecording(
                entry.Subject, entry.CallId, id, status == "completed", status is "absent" or "failed", Whole(fields, "RecordingDuration"), Whole(fields, "RecordingChannels"),
                time.ToOursOrNow(Date(fields, "RecordingStartTime"))),
            _ => new LineNews.Nothing(),
        };

    /// <summary>When it happened by Twilio's clock, unless that is after we heard of it.</summary>
    private static DateTimeOffset AtOf(Dictionary<string, string> fields, InboxEntry entry, TwilioTime time) =>
        Date(fields, "Timestamp") is { } at && time.ToOurs(at) < entry.ReceivedAt ? time.ToOurs(at) : entry.ReceivedAt;

    private static CallFigures FiguresOf(Dictionary<string, string> fields) =>
        new(Whole(fields, "CallDuration"), Whole(fields, "SipResponseCode"), fields.GetValueOrDefault("AnsweredBy"));

    private static int? Whole(Dictionary<string, string> fields, string name) =>
        int.TryParse(fields.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Date(Dictionary<string, string> fields, string name) =>
        DateTimeOffset.TryParse(fields.GetValueOrDefault(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;
}
