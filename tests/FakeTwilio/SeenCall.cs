namespace TwilioFake;

/// <summary>A call as the network saw it: a copy, taken when asked.</summary>
/// <param name="Heard">What the called side heard, such as <c>say:zh-CN:…</c>, <c>play:…</c>, <c>digits:…</c>.</param>
/// <param name="Sip">The final SIP code, or null.</param>
/// <param name="Room">The room the call is, or was last, in.</param>
/// <param name="Parameters">As the call was asked for.</param>
public sealed record SeenCall(
    string Sid, string To, string From, string Status, DateTimeOffset CreatedAt, DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, string? AnsweredBy, int? Sip, string? Room,
    string? Label, IReadOnlyList<string> Heard, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    public bool Ended => EndedAt is not null;
}

/// <summary>A conference and who is in it.</summary>
public sealed record SeenConference(string Sid, string Name, string Status, string? Reason, IReadOnlyList<SeenParticipant> Participants);

/// <summary>Somebody in a conference, or on the way into it.</summary>
public sealed record SeenParticipant(string CallSid, string? Label, string Status, bool Muted, bool Hold, bool Coaching, string? CallSidToCoach, bool EndConferenceOnExit);

/// <summary>How often a number was dialled, and how often its phone rang.</summary>
public sealed record Rings(int Dialled, int Rang);
