using TwilioFake.Network;

namespace TwilioFake.Rest;

/// <summary><c>/Recordings</c> of the account, of a call and of a conference, and their sound.</summary>
internal sealed class RecordingsApi(World world, Shapes shapes, Recorder recorder)
{
    private const string Current = "Twilio.CURRENT";

    public void Map(RouteGroupBuilder account)
    {
        account.MapGet("/Recordings.json", (HttpRequest request) => List(request, "", recording =>
            Is(request, "CallSid", recording.CallSid) && Is(request, "ConferenceSid", recording.ConferenceSid)));
        account.MapGet("/Recordings/{sid}.json", (HttpRequest request, string sid) => With(request, "", one => one.Sid == sid, Read("")));
        account.MapDelete("/Recordings/{sid}.json", (HttpRequest request, string sid) => With(request, "", one => one.Sid == sid, Delete));
        account.MapGet("/Recordings/{sid}.wav", (HttpRequest request, string sid) => With(request, "", one => one.Sid == sid, one => Sound(request, one, "audio/x-wav")));
        account.MapGet("/Recordings/{sid}.mp3", (HttpRequest request, string sid) => With(request, "", one => one.Sid == sid, one => Sound(request, one, "audio/mpeg")));
        MapBelow(account, "Calls", recording => recording.CallSid);
        MapBelow(account, "Conferences", recording => recording.ConferenceSid);
        account.MapPost("/Calls/{parent}/Recordings.json", (HttpContext http, string parent) => Start(http, parent));
    }

    private void MapBelow(RouteGroupBuilder account, string resource, Func<FakeRecording, string?> parentOf)
    {
        account.MapGet($"/{resource}/{{parent}}/Recordings.json", (HttpRequest request, string parent) =>
            List(request, $"/{resource}/{parent}", recording => parentOf(recording) == parent));
        account.MapGet($"/{resource}/{{parent}}/Recordings/{{sid}}.json", (HttpRequest request, string parent, string sid) =>
            With(request, $"/{resource}/{parent}", one => one.Sid == sid && parentOf(one) == parent, Read($"/{resource}/{parent}")));
        account.MapDelete($"/{resource}/{{parent}}/Recordings/{{sid}}.json", (HttpRequest request, string parent, string sid) =>
            With(request, $"/{resource}/{parent}", one => one.Sid == sid && parentOf(one) == parent, Delete));
        account.MapPost($"/{resource}/{{parent}}/Recordings/{{sid}}.json", (HttpContext http, string parent, string sid) =>
            With(http.Request, $"/{resource}/{parent}", one => parentOf(one) == parent && (one.Sid == sid || (sid == Current && one.Running)), one => Change(http, one, $"/{resource}/{parent}")));
    }

    private IResult Start(HttpContext http, string parent)
    {
        lock (world.Gate)
        {
            if (world.FindCall(parent) is not { } call)
                return Answers.NotFound(http.Request);
            if (call.AnsweredAt is null || call.Ended)
                return Answers.Refused(21220, "Requested resource is not eligible for recording");
            return Answers.Created(shapes.Recording(recorder.Start(call, "StartCallRecordingAPI", Api.FormOf(http)), $"/Calls/{parent}"));
        }
    }

    private IResult Change(HttpContext http, FakeRecording recording, string below) =>
        recorder.Change(recording, Api.FormOf(http)["Status"])
            ? Answers.Json(shapes.Recording(recording, below))
            : Answers.Refused(21220, "The recording is over, or the status is none of in-progress, paused and stopped");

    private Func<FakeRecording, IResult> Read(string below) => recording => Answers.Json(shapes.Recording(recording, below));

    private IResult Delete(FakeRecording recording)
    {
        recording.Status = "deleted";
        recording.UpdatedAt = world.Now;
        return Results.NoContent();
    }

    private static IResult Sound(HttpRequest request, FakeRecording recording, string type)
    {
        if (recording.Status != "completed")
            return Answers.NotFound(request);
        var channels = request.Query["RequestedChannels"] == "1" ? 1 : recording.Channels;
        var sound = type == "audio/mpeg" ? SoundFiles.Mp3(recording.Seconds) : SoundFiles.Wav(recording.Seconds, channels);
        return Results.File(sound, type, enableRangeProcessing: true);
    }

    private IResult List(HttpRequest request, string below, Predicate<FakeRecording> fits)
    {
        lock (world.Gate)
        {
            var found = world.Recordings.Where(recording => recording.Status != "deleted" && fits(recording)).Reverse().ToList();
            return Answers.Page(request, "recordings", found, recording => recording.Sid, recording => shapes.Recording(recording, below));
        }
    }

    private static bool Is(HttpRequest request, string key, string? value) => request.Query[key].ToString() is { Length: 0 } || request.Query[key] == value;

    private IResult With(HttpRequest request, string below, Predicate<FakeRecording> which, Func<FakeRecording, IResult> act)
    {
        lock (world.Gate)
            return world.Recordings.FindLast(recording => recording.Status != "deleted" && which(recording)) is { } recording ? act(recording) : Answers.NotFound(request);
    }
}
