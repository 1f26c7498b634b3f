using System.Globalization;
using System.Text.Json.Nodes;
using TwilioFake.Network;
using TwilioFake.Webhooks;

namespace TwilioFake.Rest;

/// <summary>Resources as JSON: names with underscores, numbers as text, dates of RFC 2822, addresses relative.</summary>
internal sealed class Shapes(World world)
{
    private string Account => $"/2010-04-01/Accounts/{world.Options.AccountSid}";

    /// <param name="status">What the call was at the time the reader may know of.</param>
    public JsonObject Call(FakeCall call, string status)
    {
        var uri = $"{Account}/Calls/{call.Sid}";
        var over = status is "completed" or "busy" or "failed" or "no-answer" or "canceled";
        return new()
        {
            ["sid"] = call.Sid,
            ["date_created"] = Date(call.CreatedAt),
            ["date_updated"] = Date(call.UpdatedAt),
            ["parent_call_sid"] = null,
            ["account_sid"] = world.Options.AccountSid,
            ["to"] = call.To,
            ["to_formatted"] = call.To,
            ["from"] = call.From,
            ["from_formatted"] = call.From,
            ["phone_number_sid"] = Numbers.SidOf(call.From),
            ["status"] = status,
            ["start_time"] = status is "queued" ? null : Date(call.AnsweredAt ?? call.CreatedAt),
            ["end_time"] = over ? Date(call.EndedAt) : null,
            ["duration"] = over ? Text(call.Seconds) : null,
            ["price"] = over ? call.Price : null,
            ["price_unit"] = "USD",
            ["direction"] = "outbound-api",
            ["answered_by"] = call.AnsweredBy,
            ["api_version"] = "2010-04-01",
            ["forwarded_from"] = null,
            ["group_sid"] = null,
            ["caller_name"] = null,
            ["queue_time"] = Text((int)call.QueueTime.TotalMilliseconds),
            ["trunk_sid"] = null,
            ["uri"] = uri + ".json",
            ["subresource_uris"] = new JsonObject { ["notifications"] = uri + "/Notifications.json", ["recordings"] = uri + "/Recordings.json", ["events"] = uri + "/Events.json" },
        };
    }

    public JsonObject Conference(FakeConference room)
    {
        var uri = $"{Account}/Conferences/{room.Sid}";
        return new()
        {
            ["account_sid"] = world.Options.AccountSid,
            ["date_created"] = Date(room.CreatedAt),
            ["date_updated"] = Date(room.UpdatedAt),
            ["api_version"] = "2010-04-01",
            ["friendly_name"] = room.Name,
            ["region"] = "us1",
            ["sid"] = room.Sid,
            ["status"] = room.Status,
            ["uri"] = uri + ".json",
            ["subresource_uris"] = new JsonObject { ["participants"] = uri + "/Participants.json", ["recordings"] = uri + "/Recordings.json" },
            ["reason_conference_ended"] = room.Reason,
            ["call_sid_ending_conference"] = room.EndedBy,
        };
    }

    public JsonObject Participant(FakeParticipant seat) =>
        new()
        {
            ["account_sid"] = world.Options.AccountSid,
            ["call_sid"] = seat.Call.Sid,
            ["label"] = seat.Label,
            ["call_sid_to_coach"] = seat.CallSidToCoach,
            ["coaching"] = seat.Coaching,
            ["conference_sid"] = seat.Room.Sid,
            ["date_created"] = Date(seat.CreatedAt),
            ["date_updated"] = Date(seat.UpdatedAt),
            ["end_conference_on_exit"] = seat.EndConferenceOnExit,
            ["muted"] = seat.Muted,
            ["hold"] = seat.Hold,
            ["start_conference_on_enter"] = seat.StartConferenceOnEnter,
            ["status"] = seat.Status,
            ["queue_time"] = seat.Status == "queued" ? Text((int)seat.Call.QueueTime.TotalMilliseconds) : null,
            ["uri"] = $"{Account}/Conferences/{seat.Room.Sid}/Participants/{seat.Call.Sid}.json",
        };

    /// <param name="below">The resource it is asked below, such as <c>/Calls/CA…</c>; empty for the account's list.</param>
    public JsonObject Recording(FakeRecording recording, string below)
    {
        var uri = $"{Account}{below}/Recordings/{recording.Sid}";
        var shape = new JsonObject
        {
            ["account_sid"] = world.Options.AccountSid,
            ["api_version"] = "2010-04-01",
            ["call_sid"] = recording.CallSid,
            ["conference_sid"] = recording.ConferenceSid,
            ["date_created"] = Date(recording.StartedAt),
            ["date_updated"] = Date(recording.UpdatedAt),
            ["start_time"] = Date(recording.StartedAt),
            ["duration"] = recording.Status is "completed" ? Text(recording.Seconds) : null,
            ["sid"] = recording.Sid,
            ["price"] = null,
            ["price_unit"] = null,
            ["status"] = recording.Status,
            ["channels"] = recording.Channels,
            ["source"] = recording.Source,
            ["error_code"] = null,
            ["uri"] = uri + ".json",
            ["encryption_details"] = null,
        };
        if (below.StartsWith("/Calls", StringComparison.Ordinal))
            shape["track"] = recording.Track;
        if (below.Length == 0)
        {
            shape["subresource_uris"] = new JsonObject { ["add_on_results"] = uri + "/AddOnResults.json", ["transcriptions"] = uri + "/Transcriptions.json" };
            shape["media_url"] = world.PublicAddress + uri;
        }
        return shape;
    }

    private static string? Date(DateTimeOffset? at) => at is { } instant ? Events.Rfc2822(instant) : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
