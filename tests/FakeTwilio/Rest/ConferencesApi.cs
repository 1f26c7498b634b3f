using TwilioFake.Network;
using TwilioFake.Twiml;

namespace TwilioFake.Rest;

/// <summary><c>/Conferences</c> and who is in them.</summary>
internal sealed class ConferencesApi(World world, Shapes shapes, Numbers numbers, CallProgress progress, Rooms rooms, TwimlPlayer player)
{
    public void Map(RouteGroupBuilder account)
    {
        account.On("GET", "/Conferences.json", List);
        account.On("GET", "/Conferences/{room}.json", http => WithRoom(http, room => Answers.Json(shapes.Conference(room))));
        account.On("POST", "/Conferences/{room}.json", http => WithRoom(http, room => Change(room, Api.FormOf(http))));
        account.On("POST", "/Conferences/{room}/Participants.json", Add);
        account.On("GET", "/Conferences/{room}/Participants.json", http => WithRoom(http, room => Participants(http, room)));
        account.On("GET", "/Conferences/{room}/Participants/{who}.json", http => WithSeat(http, seat => Answers.Json(shapes.Participant(seat))));
        account.On("POST", "/Conferences/{room}/Participants/{who}.json", http => WithSeat(http, seat => Change(seat, Api.FormOf(http))));
        account.On("DELETE", "/Conferences/{room}/Participants/{who}.json", http => WithSeat(http, Kick));
    }

    private IResult Add(HttpContext http)
    {
        var (name, asked) = (http.Part("room"), Api.FormOf(http));
        lock (world.Gate)
        {
            if ((numbers.Refuse(asked) ?? Api.WrongParameters(asked, leastTimeout: 5)) is { } refused)
                return refused;
            if (name.StartsWith("CF", StringComparison.Ordinal) && world.FindConference(name) is not { Status: not "completed" })
                return Answers.NotFound(http);
            var room = rooms.Open(name, WishesOf(asked));
            var call = progress.Place(asked);
            call.Seat = new FakeParticipant(room, call, world.Now)
            {
                Label = asked["Label"],
                Muted = asked.Flag("Muted"),
                StartConferenceOnEnter = asked.Flag("StartConferenceOnEnter", otherwise: true),
                EndConferenceOnExit = asked.Flag("EndConferenceOnExit"),
                Coaching = asked.Flag("Coaching"),
                CallSidToCoach = asked["CallSidToCoach"],
                ByApi = true,
            };
            room.Participants.Add(call.Seat);
            return Answers.Created(shapes.Participant(call.Seat));
        }
    }

    private static RoomWishes WishesOf(Form asked) =>
        new(
            asked["ConferenceStatusCallback"], asked["ConferenceStatusCallbackMethod"] ?? "POST", asked.All("ConferenceStatusCallbackEvent"),
            asked["ConferenceRecord"] is "true" or "record-from-start", asked["ConferenceRecordingStatusCallback"], asked["ConferenceRecordingStatusCallbackMethod"] ?? "POST",
            asked.All("ConferenceRecordingStatusCallbackEvent"));

    private IResult Change(FakeConference room, Form asked)
    {
        if (asked["Status"] is { } status and not "completed")
            return Answers.Refused(21218, $"Status {status} is not completed.");
        if (asked["AnnounceUrl"] is { } url)
        {
            foreach (var seat in room.Present)
                _ = player.AnnounceAsync(seat.Call, url, asked["AnnounceMethod"] ?? "POST");
        }
        if (asked["Status"] is not null)
            rooms.End(room, "conference-ended-via-api", null);
        return Answers.Json(shapes.Conference(room));
    }

    private IResult Change(FakeParticipant seat, Form asked)
    {
        if (asked.Flag("Coaching") && asked["CallSidToCoach"] is null && seat.CallSidToCoach is null)
            return Answers.Refused(16025, "CallSidToCoach is required to coach.");
        rooms.Change(seat, asked);
        if (asked["AnnounceUrl"] is { } announcement)
            _ = player.AnnounceAsync(seat.Call, announcement, asked["AnnounceMethod"] ?? "POST");
        if (asked.Flag("Hold") && asked["HoldUrl"] is { } music)
            _ = player.AnnounceAsync(seat.Call, music, asked["HoldMethod"] ?? "POST");
        return Answers.Json(shapes.Participant(seat));
    }

    private IResult Kick(FakeParticipant seat)
    {
        rooms.Leave(seat.Call, kicked: true);
        world.Pulse();
        return Results.NoContent();
    }

    private IResult List(HttpContext http)
    {
        lock (world.Gate)
        {
            var found = world.Conferences.Where(room => (http.Query("FriendlyName") ?? room.Name) == room.Name && (http.Query("Status") ?? room.Status) == room.Status
                && room.CreatedAt <= world.Now - world.Options.ListLag).Reverse().ToList();
            return Answers.Page(http, "conferences", found, room => room.Sid, shapes.Conference);
        }
    }

    private IResult Participants(HttpContext http, FakeConference room)
    {
        var there = room.Participants.Where(seat => seat.Status is not ("complete" or "failed") && Fits(http, "Muted", seat.Muted) && Fits(http, "Hold", seat.Hold)
            && Fits(http, "Coaching", seat.Coaching)).ToList();
        return Answers.Page(http, "participants", there, seat => seat.Call.Sid, shapes.Participant);
    }

    private static bool Fits(HttpContext http, string key, bool value) => http.Query(key) is not { } wanted || wanted.Equals("true", StringComparison.OrdinalIgnoreCase) == value;

    private IResult WithRoom(HttpContext http, Func<FakeConference, IResult> act)
    {
        lock (world.Gate)
            return world.Conferences.Find(room => room.Sid == http.Part("room")) is { } room ? act(room) : Answers.NotFound(http);
    }

    /// <summary>By call SID or label; who has left is not found.</summary>
    private IResult WithSeat(HttpContext http, Func<FakeParticipant, IResult> act)
    {
        var who = http.Part("who");
        return WithRoom(http, room =>
            room.Participants.FindLast(seat => (seat.Call.Sid == who || seat.Label == who) && seat.Status is not ("complete" or "failed")) is { } seat ? act(seat) : Answers.NotFound(http));
    }
}
