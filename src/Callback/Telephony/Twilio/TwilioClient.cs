namespace Callback.Telephony.Twilio;

/// <summary>
/// Twilio's REST API, as far as this program uses it. Requests that create are sent at most once, whatever happens; only reading is tried again.
/// Nothing is thrown for what the network or Twilio does: that is what <see cref="TwilioAnswer{T}"/> is for.
/// </summary>
public sealed class TwilioClient(TwilioAccount account, CallRate rate, TimeProvider time) : IDisposable
{
    /// <summary>Creates a call when its turn has come.</summary>
    /// <param name="deadline">Passed before the first byte: refused as <c>deadline</c>.</param>
    /// <param name="ct">Only while nothing is sent yet.</param>
    public Task<TwilioAnswer<TwilioCall>> CreateCallAsync(CreateCall call, Deadline? deadline, CancellationToken ct) => throw new NotImplementedException($"{account} {rate} {time}");

    /// <summary>Calls somebody into the room.</summary>
    /// <param name="room">The conference's name (made if there is none) or id.</param>
    public Task<TwilioAnswer<TwilioParticipant>> AddParticipantAsync(string room, AddParticipant participant, Deadline? deadline, CancellationToken ct) => throw new NotImplementedException();

    public Task<TwilioAnswer<TwilioCall>> UpdateCallAsync(string callSid, CallChange change, CancellationToken ct) => throw new NotImplementedException();

    /// <param name="conference">The id: a name will not do.</param>
    /// <param name="participant">Call id or label.</param>
    public Task<TwilioAnswer<TwilioParticipant>> UpdateParticipantAsync(string conference, string participant, ParticipantChange change, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Hangs this leg up.</summary>
    public Task<TwilioAnswer<Done>> RemoveParticipantAsync(string conference, string participant, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Hangs every leg up.</summary>
    public Task<TwilioAnswer<TwilioConference>> EndConferenceAsync(string conference, CancellationToken ct) => throw new NotImplementedException();

    /// <returns>The one in progress under this name, or null. Twilio's lists lag behind.</returns>
    public Task<TwilioAnswer<TwilioConference?>> FindConferenceAsync(string friendlyName, CancellationToken ct) => throw new NotImplementedException();

    public Task<TwilioAnswer<TwilioCall>> GetCallAsync(string callSid, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>All calls to a number, newest first as Twilio lists them, up to those created an hour before <paramref name="since"/>.</summary>
    /// <returns>Lost, where there are more than can be read: an incomplete list proves nothing.</returns>
    public Task<TwilioAnswer<IReadOnlyList<TwilioCall>>> ListCallsAsync(string to, string? from, DateTimeOffset since, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Who is in the conference.</summary>
    public Task<TwilioAnswer<IReadOnlyList<TwilioParticipant>>> ListParticipantsAsync(string conference, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Pauses, resumes or stops the recording that is running.</summary>
    /// <param name="sid">Of the call or the conference.</param>
    public Task<TwilioAnswer<TwilioRecording>> ChangeRecordingAsync(RecordingOf of, string sid, RecordingChange change, CancellationToken ct) => throw new NotImplementedException();

    public Task<TwilioAnswer<TwilioRecording>> GetRecordingAsync(string recordingSid, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>The sound itself; the answer must be disposed.</summary>
    /// <param name="from">First byte; with <paramref name="to"/> the last one. Null: all of it.</param>
    public Task<TwilioAnswer<RecordingMedia>> OpenRecordingAsync(string recordingSid, RecordingFormat format, long? from, long? to, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>A recording that is gone already counts as deleted.</summary>
    public Task<TwilioAnswer<Done>> DeleteRecordingAsync(string recordingSid, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>The safe check of the credentials.</summary>
    public Task<TwilioAnswer<TwilioAccountState>> GetAccountAsync(CancellationToken ct) => throw new NotImplementedException();

    /// <summary>The numbers that may be shown: rented and verified ones.</summary>
    public Task<TwilioAnswer<IReadOnlyList<TwilioCallerId>>> ListCallerIdsAsync(CancellationToken ct) => throw new NotImplementedException();

    public void Dispose()
    {
    }
}

/// <summary>The sound of a recording on its way.</summary>
/// <param name="Range">As in Content-Range: <c>bytes 0-99/1234</c>; null: it is all of it.</param>
public sealed record RecordingMedia(Stream Content, string ContentType, long? Length, string? Range) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
