using TwilioFake.Network;

namespace TwilioFake.Rest;

/// <summary><c>/Recordings</c> of the account, of a call and of a conference, and their sound.</summary>
internal sealed class RecordingsApi(World world, Shapes shapes, Recorder recorder)
{
    private const string Current = "Twilio.CURRENT";

    public void Map(RouteGroupBuilder account)
    {
        account.On("GET", "/Recordings.json", http => List(http, "", one => (http.Query("CallSid") ?? one.CallSid) == one.CallSid && (http.Query("ConferenceSid") ?? one.ConferenceSid) == one.ConferenceSid));
        account.On("GET", "/Recordings/{sid}.json", http => With(http, _ => true, one => Answers.Json(shapes.Recording(one, ""))));
        account.On("DELETE", "/Recordings/{sid}.json", http => With(http, _ => true, Delete));
        account.On("GET", "/Recordings/{sid}.wav", http => With(http, _ => true, one => Sound(http, one, "audio/x-wav")));
        account.On("GET", "/Recordings/{sid}.mp3", http => With(http, _ => true, one => Sound(http, one, "audio/mpeg")));
        MapBelow(account, "Calls", recording => recording.CallSid);
        MapBelow(account, "Conferences", recording => recording.ConferenceSid);
        account.On("POST", "/Calls/{parent}/Recordings.json", Start);
    }

    private void MapBelow(RouteGroupBuilder account, string resource, Func<FakeRecording, string?> parentOf)
    {
        string Below(HttpContext http) => $"/{resource}/{http.Part("parent")}";
        bool Is(HttpContext http, FakeRecording recording) => parentOf(recording) == http.Part("parent");
        account.On("GET", $"/{resource}/{{parent}}/Recordings.json", http => List(http, Below(http), one => Is(http, one)));
        account.On("GET", $"/{resource}/{{parent}}/Recordings/{{sid}}.json", http => With(http, one => Is(http, one), one => Answers.Json(shapes.Recording(one, Below(http)))));
        account.On("DELETE", $"/{resource}/{{parent}}/Recordings/{{sid}}.json", http => With(http, one => Is(http, one), Delete));
        account.On("POST", $"/{resource}/{{parent}}/Recordings/{{sid}}.json", http => With(http, one => Is(http, one), one => Change(http, one, Below(http))));
    }

    private IResult Start(HttpContext http)
    {
        lock (world.Gate)
        {
            if (world.FindCall(http.Part("parent")) is not { } call)
                return Answers.NotFound(http);
            if (call.AnsweredAt is null || call.Ended)
                return Answers.Refused(21220, "Requested resource is not eligible for recording");
            return Answers.Created(shapes.Recording(recorder.Start(call, "StartCallRecordingAPI", Api.FormOf(http)), $"/Calls/{call.Sid}"));
        }
    }

    private IResult Change(HttpContext http, FakeRecording recording, string below) =>
        recorder.Change(recording, Api.FormOf(http)["Status"])
            ? Answers.Json(shapes.Recording(recording, below))
            : Answers.Refused(21220, "The recording is over, or the status is none of in-progress, paused and stopped");

    private IResult Delete(FakeRecording recording)
    {
        recording.Status = "deleted";
        recording.UpdatedAt = world.Now;
        return Results.NoContent();
    }

    private static IResult Sound(HttpContext http, FakeRecording recording, string type)
    {
        if (recording.Status != "completed")
            return Answers.NotFound(http);
        var channels = http.Query("RequestedChannels") == "1" ? 1 : recording.Channels;
        var sound = type == "audio/mpeg" ? SoundFiles.Mp3(recording.Seconds) : SoundFiles.Wav(recording.Seconds, channels);
        return Results.File(sound, type, enableRangeProcessing: true);
    }

    private IResult List(HttpContext http, string below, Predicate<FakeRecording> fits)
    {
        lock (world.Gate)
        {
            var found = world.Recordings.Where(recording => recording.Status != "deleted" && fits(recording)).Reverse().ToList();
            return Answers.Page(http, "recordings", found, recording => recording.Sid, recording => shapes.Recording(recording, below));
        }
    }

    /// <summary>By its SID, or as the one that runs.</summary>
    private IResult With(HttpContext http, Predicate<FakeRecording> which, Func<FakeRecording, IResult> act)
    {
        var sid = http.Part("sid");
        lock (world.Gate)
        {
            var found = world.Recordings.FindLast(one => one.Status != "deleted" && (one.Sid == sid || (sid == Current && one.Running)) && which(one));
            return found is null ? Answers.NotFound(http) : act(found);
        }
    }
}
