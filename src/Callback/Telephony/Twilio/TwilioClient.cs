using System.Net.Http.Headers;
using System.Text.Json;

namespace Callback.Telephony.Twilio;

/// <summary>
/// Twilio's REST API, as far as this program uses it. Requests that create or change are sent once, whatever happens; only reading is tried again.
/// Nothing is thrown for what the network or Twilio does: that is what <see cref="TwilioAnswer{T}"/> is for.
/// </summary>
public sealed class TwilioClient(TwilioAccount account, CallRate rate, TimeProvider time) : IDisposable
{
    private readonly TwilioHttp http = new(account, time);
    private readonly TwilioRetry retry = new(time);

    /// <summary>Creates a call when its turn has come.</summary>
    /// <param name="deadline">Passed before the first byte: refused as <c>deadline</c>.</param>
    /// <param name="ct">Only while nothing is sent yet.</param>
    public Task<TwilioAnswer<TwilioCall>> CreateCallAsync(CreateCall call, Deadline? deadline, CancellationToken ct) =>
        CreateAsync("/Calls.json", TwilioForms.Of(call), deadline, TwilioReading.Call, ct);

    /// <summary>Calls somebody into the room, when its turn has come.</summary>
    /// <param name="room">The conference's name (made if there is none) or id.</param>
    /// <inheritdoc cref="CreateCallAsync"/>
    public Task<TwilioAnswer<TwilioParticipant>> AddParticipantAsync(string room, AddParticipant participant, Deadline? deadline, CancellationToken ct) =>
        CreateAsync($"/Conferences/{Part(room)}/Participants.json", TwilioForms.Of(participant), deadline, TwilioReading.Participant, ct);

    public Task<TwilioAnswer<TwilioCall>> UpdateCallAsync(string callSid, CallChange change, CancellationToken ct) =>
        ChangeAsync($"/Calls/{Part(callSid)}.json", TwilioForms.Of(change), TwilioReading.Call, ct);

    /// <param name="conference">The id: a name will not do.</param>
    /// <param name="participant">Call id or label.</param>
    public Task<TwilioAnswer<TwilioParticipant>> UpdateParticipantAsync(string conference, string participant, ParticipantChange change, CancellationToken ct) =>
        ChangeAsync($"/Conferences/{Part(conference)}/Participants/{Part(participant)}.json", TwilioForms.Of(change), TwilioReading.Participant, ct);

    /// <summary>Hangs this leg up.</summary>
    public Task<TwilioAnswer<Done>> RemoveParticipantAsync(string conference, string participant, CancellationToken ct) =>
        http.DeleteAsync($"/Conferences/{Part(conference)}/Participants/{Part(participant)}.json", ct);

    /// <summary>Hangs every leg up.</summary>
    /// <param name="conference">The id: a name will not do.</param>
    public Task<TwilioAnswer<TwilioConference>> EndConferenceAsync(string conference, CancellationToken ct) =>
        ChangeAsync($"/Conferences/{Part(conference)}.json", new TwilioForm().Add("Status", "completed"), TwilioReading.Conference, ct);

    /// <returns>The one under this name that is not over, or null. Twilio's lists lag behind.</returns>
    public async Task<TwilioAnswer<TwilioConference?>> FindConferenceAsync(string friendlyName, CancellationToken ct)
    {
        var query = new TwilioForm().Add("FriendlyName", friendlyName).ToQuery();
        var listed = await ListAsync($"/Conferences.json{query}", "conferences", TwilioReading.Conference, _ => false, ct);
        return listed.Map(conferences => conferences.FirstOrDefault(conference => conference.FriendlyName == friendlyName && conference.Status != "completed"));
    }

    public Task<TwilioAnswer<TwilioCall>> GetCallAsync(string callSid, CancellationToken ct) => ReadAsync($"/Calls/{Part(callSid)}.json", TwilioReading.Call, ct);

    /// <summary>All calls to a number, newest first as Twilio lists them, at least up to those created an hour before <paramref name="since"/>.</summary>
    /// <returns>Lost, where there are more than can be read: an incomplete list proves nothing.</returns>
    public Task<TwilioAnswer<IReadOnlyList<TwilioCall>>> ListCallsAsync(string to, string? from, DateTimeOffset since, CancellationToken ct)
    {
        var query = new TwilioForm().Add("To", to).Add("From", from).Add("PageSize", PageSize).ToQuery();
        return ListAsync($"/Calls.json{query}", "calls", TwilioReading.Call, page => page.All(call => call.CreatedAt < since - TimeSpan.FromHours(1)), ct);
    }

    /// <summary>All calls that show a number, newest first as Twilio lists them, at least up to those created an hour before <paramref name="since"/>.</summary>
    /// <inheritdoc cref="ListCallsAsync"/>
    public Task<TwilioAnswer<IReadOnlyList<TwilioCall>>> ListCallsFromAsync(string from, DateTimeOffset since, CancellationToken ct)
    {
        var query = new TwilioForm().Add("From", from).Add("PageSize", PageSize).ToQuery();
        return ListAsync($"/Calls.json{query}", "calls", TwilioReading.Call, page => page.All(call => call.CreatedAt < since - TimeSpan.FromHours(1)), ct);
    }

    /// <summary>Who is in the conference.</summary>
    /// <param name="conference">The id: a name will not do.</param>
    public Task<TwilioAnswer<IReadOnlyList<TwilioParticipant>>> ListParticipantsAsync(string conference, CancellationToken ct) =>
        ListAsync($"/Conferences/{Part(conference)}/Participants.json", "participants", TwilioReading.Participant, _ => false, ct);

    /// <summary>Pauses, resumes or stops the recording that is running.</summary>
    /// <param name="sid">Of the call or the conference.</param>
    public Task<TwilioAnswer<TwilioRecording>> ChangeRecordingAsync(RecordingOf of, string sid, RecordingChange change, CancellationToken ct) =>
        ChangeAsync($"/{(of == RecordingOf.Call ? "Calls" : "Conferences")}/{Part(sid)}/Recordings/Twilio.CURRENT.json", TwilioForms.Of(change), TwilioReading.Recording, ct);

    public Task<TwilioAnswer<TwilioRecording>> GetRecordingAsync(string recordingSid, CancellationToken ct) =>
        ReadAsync($"/Recordings/{Part(recordingSid)}.json", TwilioReading.Recording, ct);

    /// <summary>The sound itself, while it arrives; reading it may break off with an IOException. To be disposed.</summary>
    /// <param name="from">First byte; <paramref name="to"/> the last one. Both null: all of it; only the first null: the last <paramref name="to"/> bytes.</param>
    public async Task<TwilioAnswer<RecordingMedia>> OpenRecordingAsync(string recordingSid, RecordingFormat format, long? from, long? to, CancellationToken ct)
    {
        var range = from is null && to is null ? null : new RangeHeaderValue(from, to);
        var opened = await http.OpenAsync($"/Recordings/{Part(recordingSid)}.{(format == RecordingFormat.Wav ? "wav" : "mp3")}", range, ct);
        return opened is TwilioAnswer<HttpResponseMessage>.Ok(var response)
            ? new TwilioAnswer<RecordingMedia>.Ok(await RecordingMedia.OfAsync(response, ct))
            : opened.Map<RecordingMedia>(_ => throw new InvalidOperationException());
    }

    /// <summary>A recording that is gone already counts as deleted.</summary>
    public async Task<TwilioAnswer<Done>> DeleteRecordingAsync(string recordingSid, CancellationToken ct)
    {
        var answer = await http.DeleteAsync($"/Recordings/{Part(recordingSid)}.json", ct);
        return answer is TwilioAnswer<Done>.Refused { Refusal.NotFound: true } ? new TwilioAnswer<Done>.Ok(default) : answer;
    }

    /// <summary>The safe check of the credentials.</summary>
    public Task<TwilioAnswer<TwilioAccountState>> GetAccountAsync(CancellationToken ct) => ReadAsync(".json", TwilioReading.Account, ct);

    /// <summary>The numbers that may be shown: the rented ones, then the verified ones.</summary>
    public async Task<TwilioAnswer<IReadOnlyList<TwilioCallerId>>> ListCallerIdsAsync(CancellationToken ct)
    {
        var query = new TwilioForm().Add("PageSize", PageSize).ToQuery();
        var rented = await ListAsync($"/IncomingPhoneNumbers.json{query}", "incoming_phone_numbers", json => TwilioReading.CallerId(json, owned: true), _ => false, ct);
        if (rented is not TwilioAnswer<IReadOnlyList<TwilioCallerId>>.Ok(var numbers))
            return rented;
        var verified = await ListAsync($"/OutgoingCallerIds.json{query}", "outgoing_caller_ids", json => TwilioReading.CallerId(json, owned: false), _ => false, ct);
        return verified.Map<IReadOnlyList<TwilioCallerId>>(more => [.. numbers, .. more]);
    }

    public void Dispose() => http.Dispose();

    private const string PageSize = "1000";
    private const int MostPages = 20;

    private async Task<TwilioAnswer<T>> CreateAsync<T>(string path, TwilioForm form, Deadline? deadline, Func<JsonElement, T> read, CancellationToken ct) =>
        await rate.WaitAsync(deadline, ct)
            ? await http.PostAsync(path, form, deadline, read)
            : new TwilioAnswer<T>.Refused(TwilioRefusal.Deadline);

    private Task<TwilioAnswer<T>> ChangeAsync<T>(string path, TwilioForm form, Func<JsonElement, T> read, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return http.PostAsync(path, form, null, read);
    }

    private Task<TwilioAnswer<T>> ReadAsync<T>(string path, Func<JsonElement, T> read, CancellationToken ct) => retry.RunAsync(token => http.GetAsync(path, read, token), ct);

    /// <param name="enough">Whether what follows this page is of no interest.</param>
    private async Task<TwilioAnswer<IReadOnlyList<T>>> ListAsync<T>(string path, string name, Func<JsonElement, T> read, Func<IReadOnlyList<T>, bool> enough, CancellationToken ct)
    {
        List<T> all = [];
        for (var pages = 0; pages < MostPages; pages++)
        {
            var answer = await ReadAsync(path, json => TwilioPage<T>.Of(json, name, read), ct);
            if (answer is not TwilioAnswer<TwilioPage<T>>.Ok(var page))
                return answer.Map<IReadOnlyList<T>>(_ => all);
            all.AddRange(page.Items);
            if (page.Next is null || enough(page.Items))
                return new TwilioAnswer<IReadOnlyList<T>>.Ok(all);
            // Another host would be handed our credentials.
            if (http.PathBelowAccount(page.Next) is not { } next)
                return new TwilioAnswer<IReadOnlyList<T>>.Lost("foreign-page");
            path = next;
        }
        return new TwilioAnswer<IReadOnlyList<T>>.Lost("too-many-pages");
    }

    private static string Part(string segment) => Uri.EscapeDataString(segment);
}
