namespace Callback.Telephony;

/// <summary>Something a provider told, as it is kept until it is worked on.</summary>
/// <param name="CallId">The line's id of the call (or room) it is about.</param>
/// <param name="Event">What kind of thing, such as <c>status:ringing</c>; with <paramref name="Sequence"/> its identity within the call.</param>
/// <param name="Subject">The attempt, bridge or guest that the signed address named.</param>
/// <param name="Body">JSON of the figures that are kept: no phone number, no name.</param>
public sealed record InboxEntry(ShopId Shop, string Line, string CallId, string Event, int Sequence, Guid Subject, string Body, DateTimeOffset ReceivedAt);

/// <summary>What an inbox entry means.</summary>
public abstract record LineNews
{
    /// <summary>A customer's call.</summary>
    public sealed record OfCall(LineEvent Heard) : LineNews;

    /// <summary>What answering-machine detection thinks of a customer's call.</summary>
    public sealed record OfMachine(Guid AttemptId, string CallId, string AnsweredBy) : LineNews;

    /// <summary>An agent's phone.</summary>
    public sealed record OfAgent(Guid BridgeId, string CallId, CallState State) : LineNews;

    /// <summary>Somebody else's phone in a room.</summary>
    public sealed record OfGuest(Guid GuestId, string CallId, CallState State) : LineNews;

    /// <summary>A room: the line's own id of it.</summary>
    public sealed record OfRoom(Guid BridgeId, string ConferenceId) : LineNews;

    /// <summary>A recording of a customer's call.</summary>
    /// <param name="Done">It can be played; false with <paramref name="Absent"/> false: it has begun.</param>
    /// <param name="Absent">Nothing was recorded.</param>
    public sealed record OfRecording(Guid AttemptId, string CallId, string RecordingId, bool Done, bool Absent, int? Seconds, int? Channels, DateTimeOffset StartedAt) : LineNews;

    /// <summary>Kept, and of no consequence.</summary>
    public sealed record Nothing : LineNews;
}
