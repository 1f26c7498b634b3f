using System.Globalization;
using System.Xml.Linq;
using TwilioFake.Network;

namespace TwilioFake.Twiml;

/// <summary>Reads Dial's Conference, and attributes in general.</summary>
internal static class ConferenceNoun
{
    public static RoomWishes WishesOf(XElement conference, Sheet sheet) =>
        new(
            conference.Text("statusCallback") is { } url ? Order.Resolve(sheet.Url, url) : null, conference.Text("statusCallbackMethod") ?? "POST",
            conference.Words("statusCallbackEvent"), conference.Text("record") is "record-from-start" or "true",
            conference.Text("recordingStatusCallback") is { } tape ? Order.Resolve(sheet.Url, tape) : null, conference.Text("recordingStatusCallbackMethod") ?? "POST",
            conference.Words("recordingStatusCallbackEvent"));

    public static FakeParticipant SeatOf(XElement conference, FakeConference room, FakeCall call, DateTimeOffset now) =>
        new(room, call, now)
        {
            Label = conference.Text("participantLabel"),
            Muted = conference.Text("muted") == "true",
            StartConferenceOnEnter = conference.Text("startConferenceOnEnter") != "false",
            EndConferenceOnExit = conference.Text("endConferenceOnExit") == "true",
            Coaching = conference.Text("coach") is not null,
            CallSidToCoach = conference.Text("coach"),
        };

    /// <summary>An attribute, or null if it is missing or empty.</summary>
    public static string? Text(this XElement verb, string attribute) => verb.Attribute(attribute)?.Value is { Length: > 0 } value ? value : null;

    public static double Number(this XElement verb, string attribute, double otherwise) =>
        double.TryParse(verb.Text(attribute), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static string[] Words(this XElement verb, string attribute) => verb.Text(attribute)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
