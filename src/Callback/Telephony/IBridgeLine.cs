namespace Callback.Telephony;

/// <summary>
/// A line whose calls meet in a room: the agent's phone is called first and stays, customers are called in one after the other. Every act is asked once and
/// changes nothing of what is on record: that comes with the line's events.
/// </summary>
public interface IBridgeLine : ILine
{
    /// <summary>What the line can do with its account as it stands.</summary>
    bool HasSoftphone { get; }

    /// <summary>Calls the agent's own phone into its room. Never an attempt: an agent may be called as often as they like.</summary>
    Task<LineAnswer> CallAgentAsync(LegCall leg, Deadline deadline, CancellationToken ct);

    /// <summary>Calls somebody else into the room: to listen, to whisper, to join, to take the call over.</summary>
    Task<LineAnswer> InviteAsync(LegCall leg, GuestMode mode, string? agentCallId, Deadline deadline, CancellationToken ct);

    /// <summary>How a leg stands; null: the line could not be asked.</summary>
    Task<CallState?> LegAsync(string callId, CancellationToken ct);

    /// <summary>The line's own id of a room; null: there is none (yet), or the line could not be asked.</summary>
    Task<string?> FindRoomAsync(string room, CancellationToken ct);

    /// <summary>Music for one leg, silence for the others.</summary>
    Task<ActAnswer> HoldAsync(string roomId, string callId, bool on, CancellationToken ct);

    /// <summary>The leg hears and is not heard.</summary>
    Task<ActAnswer> MuteAsync(string roomId, string callId, bool on, CancellationToken ct);

    /// <summary>Changes what a guest who is in the room does there.</summary>
    Task<ActAnswer> ChangeGuestAsync(string roomId, string callId, GuestMode mode, string? agentCallId, CancellationToken ct);

    /// <summary>The room goes on when this leg leaves it.</summary>
    Task<ActAnswer> LetLeaveAsync(string roomId, string callId, CancellationToken ct);

    /// <summary>Key tones for the customer, for menus and extensions.</summary>
    Task<ActAnswer> SendDigitsAsync(LineCall call, string digits, CancellationToken ct);

    /// <summary>Tells the customer that nobody could be put through, and hangs up.</summary>
    Task<ActAnswer> ApologiseAsync(LineCall call, CancellationToken ct);

    /// <summary>Ends a leg, at any point.</summary>
    Task<ActAnswer> EndLegAsync(string callId, CancellationToken ct);

    /// <summary>Gives a call up that was not answered; one that was is left alone.</summary>
    Task<ActAnswer> CancelAsync(string callId, CancellationToken ct);

    /// <summary>Pauses or resumes the recording of a call.</summary>
    Task<ActAnswer> PauseRecordingAsync(string callId, bool pause, CancellationToken ct);

    /// <summary>The sound of a recording; null: the line does not have it (any more).</summary>
    Task<RecordingSound?> OpenRecordingAsync(string recordingId, long? from, long? to, CancellationToken ct);

    /// <summary>Deletes the provider's copy. One that is gone already counts as deleted.</summary>
    Task<ActAnswer> DeleteRecordingAsync(string recordingId, CancellationToken ct);

    /// <summary>What an ended call cost; null: not known yet.</summary>
    Task<CallFigures?> FiguresAsync(string callId, CancellationToken ct);

    /// <summary>All calls that the provider made for us since a moment, agents' phones too, oldest first.</summary>
    /// <exception cref="LineSilentException">The list could not be read whole.</exception>
    Task<IReadOnlyList<ListedCall>> ListAsync(string callerId, DateTimeOffset since, CancellationToken ct);

    /// <summary>What an inbox entry of this line means.</summary>
    LineNews Read(InboxEntry entry);

    /// <summary>Whether the credentials open the account: asks, changes nothing.</summary>
    Task<LineAccount> CheckAsync(CancellationToken ct);

    /// <summary>Calls a number, says a sentence, hangs up: for an administrator's own phone.</summary>
    Task<LineAnswer> TestCallAsync(LegCall leg, CancellationToken ct);
}

/// <summary>A leg that is no customer's.</summary>
/// <param name="Id">The bridge's or the guest's: its events name it.</param>
/// <param name="Address">Number in E.164, <c>sip:name@host</c> or <c>client:identity</c>.</param>
/// <param name="Room">As <see cref="Rooms.NameOf"/> gives it.</param>
public sealed record LegCall(ShopId Shop, Guid Id, string Address, string CallerId, string Room, string Language)
{
    /// <summary>No addresses.</summary>
    public override string ToString() => $"leg {Id}";
}

/// <summary>What somebody else does in the room.</summary>
public enum GuestMode
{
    /// <summary>Hears both and is heard by nobody.</summary>
    Listen,

    /// <summary>Is heard by the agent alone.</summary>
    Whisper,

    /// <summary>Is heard by all.</summary>
    Join,

    /// <summary>Speaks with the agent while the customer is on hold, then with the customer.</summary>
    Transfer,
}

/// <summary>What an act on a running call came to.</summary>
public abstract record ActAnswer
{
    public sealed record Done : ActAnswer;

    /// <summary>Certainly not done. The code says which sentence tells it (<c>problem.{Code}</c>).</summary>
    public sealed record Refused(string Code) : ActAnswer;

    /// <summary>Done or not: the line did not answer.</summary>
    public sealed record Lost(string Why) : ActAnswer;
}

/// <summary>The sound of a recording on its way; dispose it.</summary>
/// <param name="Range">As in Content-Range; null: it is all of it.</param>
public sealed record RecordingSound(Stream Content, string ContentType, long? Length, string? Range) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>A call as the provider's list has it.</summary>
/// <param name="To">Number in E.164, or another address.</param>
public sealed record ListedCall(string CallId, string To, DateTimeOffset CreatedAt)
{
    /// <summary>No phone numbers.</summary>
    public override string ToString() => CallId;
}

/// <summary>The line could not be asked; nothing follows from that about any call.</summary>
public sealed class LineSilentException(string why) : Exception($"The line could not be asked: {why}.");

/// <summary>What the provider says of the account.</summary>
/// <param name="Code">Null: the credentials are good; else why not, as a code for a sentence.</param>
/// <param name="Trial">Only verified numbers can be called.</param>
/// <param name="CallerIds">Numbers that may be shown to customers.</param>
public sealed record LineAccount(string? Code, string? Name, bool Trial, IReadOnlyList<LineNumber> CallerIds);

/// <param name="Owned">Rented from the provider; else the shop's own, verified there.</param>
public sealed record LineNumber(string Number, string? Name, bool Owned)
{
    public override string ToString() => $"…{Number[^4..]}";
}

/// <summary>Rooms have a name that says nothing of anybody.</summary>
public static class Rooms
{
    public static string NameOf(Guid bridgeId) => $"cb-{bridgeId:N}";
}
