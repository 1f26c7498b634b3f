namespace Callback.Telephony.Twilio;

/// <summary>A call as Twilio has it. Everything but the id may be missing while the call is young.</summary>
/// <param name="Status">queued, initiated, ringing, in-progress, completed, busy, failed, no-answer, canceled.</param>
/// <param name="CreatedAt">A queued call has this and no start.</param>
/// <param name="Seconds">How long it was connected.</param>
/// <param name="Price">Negative, as Twilio writes what it charges; known minutes after the end.</param>
/// <param name="AnsweredBy">human, machine_start …; null where nobody asked.</param>
/// <param name="QueueTime">How long Twilio means to keep it back before dialing.</param>
public sealed record TwilioCall(
    string Sid,
    string? Status,
    string? To,
    string? From,
    string? ParentCallSid,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    int? Seconds,
    decimal? Price,
    string? PriceUnit,
    string? AnsweredBy,
    TimeSpan? QueueTime)
{
    /// <summary>Null: a word that Twilio did not know when this was written.</summary>
    public CallState? State => TwilioStates.Of(Status);

    /// <summary>No phone numbers.</summary>
    public override string ToString() => $"{Sid} {Status}";
}

/// <summary>A leg in a conference.</summary>
/// <param name="Status">queued, connecting, ringing, connected, complete, failed.</param>
public sealed record TwilioParticipant(
    string CallSid,
    string? ConferenceSid,
    string? Label,
    string? Status,
    bool Muted,
    bool Hold,
    bool Coaching,
    string? CallSidToCoach,
    bool EndConferenceOnExit,
    TimeSpan? QueueTime);

/// <param name="Status">init, in-progress, completed.</param>
public sealed record TwilioConference(string Sid, string? FriendlyName, string? Status, DateTimeOffset? CreatedAt);

/// <param name="Status">in-progress, paused, stopped, processing, completed, absent, deleted.</param>
/// <param name="Channels">1, or 2: one side each.</param>
public sealed record TwilioRecording(
    string Sid,
    string? CallSid,
    string? ConferenceSid,
    string? Status,
    int? Seconds,
    int? Channels,
    DateTimeOffset? StartedAt,
    decimal? Price,
    string? PriceUnit,
    int? ErrorCode);

/// <param name="Status">active, suspended, closed.</param>
/// <param name="Type">Trial or Full: a trial calls verified numbers only.</param>
public sealed record TwilioAccountState(string Sid, string? FriendlyName, string? Status, string? Type);

/// <summary>A number that may be shown to the customer.</summary>
/// <param name="Owned">Rented from Twilio; else the shop's own, verified there.</param>
public sealed record TwilioCallerId(string Number, string? FriendlyName, bool Owned)
{
    public override string ToString() => $"…{Number[^4..]}";
}

/// <summary>Twilio's words for the state of a call.</summary>
public static class TwilioStates
{
    public static CallState? Of(string? status) => status switch
    {
        "queued" => CallState.Queued,
        "initiated" => CallState.Initiated,
        "ringing" => CallState.Ringing,
        "in-progress" => CallState.Answered,
        "completed" => CallState.Completed,
        "busy" => CallState.Busy,
        "no-answer" => CallState.NoAnswer,
        "failed" => CallState.Failed,
        "canceled" => CallState.Canceled,
        _ => null,
    };
}
