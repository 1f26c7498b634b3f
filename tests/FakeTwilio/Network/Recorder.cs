using TwilioFake.Webhooks;

namespace TwilioFake.Network;

/// <summary>Starts, pauses and finishes recordings. Called under the world's lock.</summary>
internal sealed class Recorder(World world, Events events)
{
    public void Answered(FakeCall call)
    {
        if (call.Asked.Flag("Record"))
            Start(call, "OutboundAPI", call.Asked);
    }

    public FakeRecording Start(FakeCall call, string source, Form asked)
    {
        var recording = new FakeRecording(
            World.NewSid("RE"), call.Sid, call.Seat?.Room.Sid, asked["RecordingChannels"] == "dual" ? 2 : 1, source, world.Now)
        {
            Track = asked["RecordingTrack"] ?? "both",
            StatusCallback = asked["RecordingStatusCallback"],
            StatusCallbackMethod = asked["RecordingStatusCallbackMethod"] ?? "POST",
            Events = EventsOf(asked.All("RecordingStatusCallbackEvent")),
        };
        return Add(recording);
    }

    /// <summary>A room's recording begins when two can talk; it is mono.</summary>
    public void Started(FakeConference room)
    {
        if (room.Wishes is not { Record: true } wishes || room.Present.FirstOrDefault() is not { } first)
            return;
        Add(new(World.NewSid("RE"), first.Call.Sid, room.Sid, 1, "Conference", world.Now)
        {
            StatusCallback = wishes.RecordingStatusCallback,
            StatusCallbackMethod = wishes.RecordingStatusCallbackMethod,
            Events = EventsOf(wishes.RecordingEvents),
        });
    }

    public void Ended(FakeCall call)
    {
        foreach (var recording in world.Recordings.FindAll(recording => recording.CallSid == call.Sid && recording.Source != "Conference"))
            Finish(recording);
        if (call.AnsweredAt is null && call.Asked.Flag("Record"))
            Absent(call);
    }

    public void Ended(FakeConference room)
    {
        foreach (var recording in world.Recordings.FindAll(recording => recording.ConferenceSid == room.Sid && recording.Source == "Conference"))
            Finish(recording);
    }

    /// <summary>in-progress, paused or stopped; anything else, or a recording that is over, is refused.</summary>
    public bool Change(FakeRecording recording, string? status)
    {
        if (!recording.Running || status is not ("in-progress" or "paused" or "stopped"))
            return false;
        recording.Status = status;
        recording.UpdatedAt = world.Now;
        if (status == "stopped")
            Finish(recording);
        else
            events.Recording(recording, status == "paused" ? "paused" : "resumed");
        return true;
    }

    private FakeRecording Add(FakeRecording recording)
    {
        world.Recordings.Add(recording);
        events.Recording(recording, "in-progress");
        return recording;
    }

    private void Finish(FakeRecording recording)
    {
        if (recording.EndedAt is not null)
            return;
        recording.EndedAt = world.Now;
        recording.Status = recording.Status == "stopped" ? "stopped" : "processing";
        world.After(world.Options.RecordingTakes, () =>
        {
            if (recording.Status == "deleted")
                return;
            recording.Status = "completed";
            recording.UpdatedAt = world.Now;
            events.Recording(recording, "completed");
        });
    }

    private void Absent(FakeCall call)
    {
        var nothing = new FakeRecording(World.NewSid("RE"), call.Sid, call.Seat?.Room.Sid, 1, "OutboundAPI", world.Now)
        {
            Status = "absent",
            EndedAt = world.Now,
            StatusCallback = call.Asked["RecordingStatusCallback"],
            Events = EventsOf(call.Asked.All("RecordingStatusCallbackEvent")),
        };
        world.Recordings.Add(nothing);
        events.Recording(nothing, "absent");
    }

    private static IReadOnlyList<string> EventsOf(IReadOnlyList<string> wanted) => wanted.Count == 0 ? ["completed"] : wanted;
}
