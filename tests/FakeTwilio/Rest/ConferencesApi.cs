using TwilioFake.Network;
using TwilioFake.Twiml;

namespace TwilioFake.Rest;

/// <summary><c>/Conferences</c> and who is in them.</summary>
internal sealed class ConferencesApi(World world, Shapes shapes, Numbers numbers, CallProgress progress, Rooms rooms, TwimlPlayer player)
{
    public void Map(RouteGroupBuilder account)
    {
        account.MapGet("/Conferences.json", List);
        account.MapGet("/Conferences/{sid}.json", (HttpRequest request, string sid) => WithRoom(request, sid, room => Answers.Json(shapes.Conference(room))));
        account.MapPost("/Conferences/{sid}.json", (HttpContext http, string sid) => WithRoom(http.Request, sid, room => Change(room, Api.FormOf(http))));
        account.MapPost("/Conferences/{name}/Participants.json", Add);
        account.MapGet("/Conferences/{sid}/Participants.json", (HttpRequest request, string sid) => WithRoom(request, sid, room => Participants(request, room)));
        account.MapGet("/Conferences/{sid}/Participants/{who}.json", (HttpRequest request, string sid, string who) =>
            WithSeat(request, sid, who, seat => Answers.Json(shapes.Participant(seat))));
        account.MapPost("/Conferences/{sid}/Participants/{who}.json", (HttpContext http, string sid, string who) =>
            WithSeat(http.Request, sid, who, seat => Change(seat, Api.FormOf(http))));
        account.MapDelete("/Conferences/{sid}/Participants/{who}.json", (HttpRequest request, string sid, string who) => WithSeat(request, sid, who, Kick));
    }

    private IResult Add(HttpContext http, string name)
    {
        var asked = Api.FormOf(http);
        lock (world.Gate)
        {
            if ((numbers.Refuse(asked) ?? Api.WrongParameters(asked, leastTimeout: 5)) is { } refused)
                return refused;
            if (name.StartsWith("CF", StringComparison.Ordinal) && world.FindConference(name) is not { Status: not "completed" })
                return Answers.NotFound(http.Request);
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

    private IResult List(HttpRequest request)
    {
        var (name, status) = (request.Query["FriendlyName"].ToString(), request.Query["Status"].ToString());
        lock (world.Gate)
        {
            var found = world.Conferences.Where(room => (name.Length == 0 || room.Name == name) && (status.Length == 0 || room.Status == status)
                && room.CreatedAt <= world.Now - world.Options.ListLag).Reverse().ToList();
            return Answers.Page(request, "conferences", found, room => room.Sid, shapes.Conference);
        }
    }

    private IResult Participants(HttpRequest request, FakeConference room)
    {
        var there = room.Participants.Where(seat => seat.Status is not ("complete" or "failed") && Fits(request, "Muted", seat.Muted) && Fits(request, "Hold", seat.Hold)
            && Fits(request, "Coaching", seat.Coaching)).ToList();
        return Answers.Page(request, "participants", there, seat => seat.Call.Sid, shapes.Participant);
    }

    private static bool Fits(HttpRequest request, string key, bool value) =>
        request.Query[key].ToString() is { Length: 0 } || request.Query[key].ToString().Equals("true", StringComparison.OrdinalIgnoreCase) == value;

    private IResult WithRoom(HttpRequest request, string sid, Func<FakeConference, IResult> act)
    {
        lock (world.Gate)
            return world.Conferences.Find(room => room.Sid == sid) is { } room ? act(room) : Answers.NotFound(request);
    }

    /// <summary>By call SID or label; who has left is not found.</summary>
    private IResult WithSeat(HttpRequest request, string sid, string who, Func<FakeParticipant, IResult> act) =>
        WithRoom(request, sid, room =>
            room.Participants.FindLast(seat => (seat.Call.Sid == who || seat.Label == who) && seat.Status is not ("complete" or "failed")) is { } seat
                ? act(seat)
                : Answers.NotFound(request));
}
