using TwilioFake.Webhooks;

namespace TwilioFake.Network;

/// <summary>Who is in which conference. Called under the world's lock.</summary>
internal sealed class Rooms(World world, Events events, Recorder recorder, CallProgress progress)
{
    /// <summary>The running room of that name, or a new one.</summary>
    public FakeConference Open(string nameOrSid, RoomWishes wishes)
    {
        var room = world.FindConference(nameOrSid);
        if (room is null)
        {
            room = new FakeConference(World.NewSid("CF"), nameOrSid, world.Now);
            world.Conferences.Add(room);
        }
        room.Wishes ??= wishes;
        return room;
    }

    /// <summary>The call is now heard in the room. If that room ended while the phone rang, the call finds itself alone in a new one of the same name.</summary>
    public void Enter(FakeParticipant seat)
    {
        if (seat.Room.Status == "completed")
            seat.Room = Open(seat.Room.Name, seat.Room.Wishes!);
        var room = seat.Room;
        if (!room.Participants.Contains(seat))
            room.Participants.Add(seat);
        seat.Status = "connected";
        seat.Call.Seat = seat;
        room.UpdatedAt = world.Now;
        if (room.Status == "init" && room.Present.Count() > 1 && room.Present.Any(present => present.StartConferenceOnEnter))
        {
            room.Status = "in-progress";
            events.Conference(room, "conference-start", seat);
            recorder.Started(room);
        }
        events.Conference(room, "participant-join", seat);
        world.Pulse();
    }

    /// <summary>The call leaves its room; the room may end with that.</summary>
    /// <param name="stays">Whether the call lives on although the API had added it: it was sent elsewhere.</param>
    public void Leave(FakeCall call, bool stays = false, bool kicked = false)
    {
        if (call.Seat is not { Status: not ("complete" or "failed") } seat)
            return;
        var wasIn = seat.Status == "connected" && call.AnsweredAt is not null;
        seat.Status = call is { Ended: true, AnsweredAt: null } ? "failed" : "complete";
        var room = seat.Room;
        room.UpdatedAt = world.Now;
        if (wasIn)
            events.Conference(room, "participant-leave", seat);
        Free(seat, seat.Status, stays);
        if (wasIn && seat.EndConferenceOnExit)
            End(room, kicked ? "participant-with-end-conference-on-exit-kicked" : "participant-with-end-conference-on-exit-left", call.Sid);
        else if (wasIn ? !room.Present.Any() : room.Participants.TrueForAll(other => other.Status is "complete" or "failed"))
            End(room, kicked ? "last-participant-kicked" : "last-participant-left", call.Sid);
    }

    public void End(FakeConference room, string reason, string? by)
    {
        if (room.Status == "completed")
            return;
        room.Status = "completed";
        room.Reason = reason;
        room.EndedBy = by;
        room.UpdatedAt = world.Now;
        foreach (var seat in room.Present.ToList())
        {
            events.Conference(room, "participant-leave", seat);
            Free(seat, "complete");
        }
        recorder.Ended(room);
        events.Conference(room, "conference-end", null);
        world.Pulse();
    }

    /// <summary>Muted, Hold, Coaching, EndConferenceOnExit as the API may change them.</summary>
    public void Change(FakeParticipant seat, Form asked)
    {
        if (asked.Has("Muted") && asked.Flag("Muted") != seat.Muted)
        {
            seat.Muted = asked.Flag("Muted");
            events.Conference(seat.Room, seat.Muted ? "participant-mute" : "participant-unmute", seat);
        }
        if (asked.Has("Hold") && asked.Flag("Hold") != seat.Hold)
        {
            seat.Hold = asked.Flag("Hold");
            events.Conference(seat.Room, seat.Hold ? "participant-hold" : "participant-unhold", seat);
        }
        if (asked.Has("Coaching") || asked.Has("EndConferenceOnExit"))
        {
            seat.Coaching = asked.Flag("Coaching", seat.Coaching);
            seat.CallSidToCoach = seat.Coaching ? asked["CallSidToCoach"] ?? seat.CallSidToCoach : null;
            seat.EndConferenceOnExit = asked.Flag("EndConferenceOnExit", seat.EndConferenceOnExit);
            events.Conference(seat.Room, "participant-modify", seat);
        }
        seat.UpdatedAt = world.Now;
        world.Pulse();
    }

    /// <summary>A call that the API put here ends with its seat; one that came by TwiML goes on with its TwiML.</summary>
    private void Free(FakeParticipant seat, string status, bool stays = false)
    {
        seat.Status = status;
        seat.UpdatedAt = world.Now;
        seat.Left.TrySetResult();
        if (seat.ByApi && !stays && !seat.Call.Ended)
            progress.End(seat.Call, seat.Call.AnsweredAt is null ? "canceled" : "completed", seat.Call.AnsweredAt is null ? 487 : 200);
    }
}
