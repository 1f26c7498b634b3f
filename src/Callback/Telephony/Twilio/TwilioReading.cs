using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Callback.Telephony.Twilio;

/// <summary>Twilio's JSON: nearly everything may be null, dates are RFC 2822, numbers are texts.</summary>
internal static partial class TwilioReading
{
    public static TwilioCall Call(JsonElement json) => new(
        Sid(json, "sid", "CA"),
        Text(json, "status"),
        Text(json, "to"),
        Text(json, "from"),
        Text(json, "parent_call_sid"),
        Moment(json, "date_created"),
        Moment(json, "start_time"),
        Moment(json, "end_time"),
        Whole(json, "duration"),
        Money(json, "price"),
        Text(json, "price_unit"),
        Text(json, "answered_by"),
        Wait(json));

    public static TwilioParticipant Participant(JsonElement json) => new(
        Sid(json, "call_sid", "CA"),
        Text(json, "conference_sid"),
        Text(json, "label"),
        Text(json, "status"),
        Flag(json, "muted"),
        Flag(json, "hold"),
        Flag(json, "coaching"),
        Text(json, "call_sid_to_coach"),
        Flag(json, "end_conference_on_exit"),
        Wait(json));

    public static TwilioConference Conference(JsonElement json) => new(Sid(json, "sid", "CF"), Text(json, "friendly_name"), Text(json, "status"), Moment(json, "date_created"));

    public static TwilioRecording Recording(JsonElement json) => new(
        Sid(json, "sid", "RE"),
        Text(json, "call_sid"),
        Text(json, "conference_sid"),
        Text(json, "status"),
        Whole(json, "duration"),
        Whole(json, "channels"),
        Moment(json, "start_time"),
        Money(json, "price"),
        Text(json, "price_unit"),
        Whole(json, "error_code"));

    public static TwilioAccountState Account(JsonElement json) => new(Sid(json, "sid", "AC"), Text(json, "friendly_name"), Text(json, "status"), Text(json, "type"));

    public static TwilioCallerId CallerId(JsonElement json, bool owned) =>
        new(Text(json, "phone_number") ?? throw new FormatException("a caller id without number"), Text(json, "friendly_name"), owned);

    /// <exception cref="FormatException">It is not there or is no such id: what was answered is not what was asked for.</exception>
    private static string Sid(JsonElement json, string name, string prefix) =>
        Text(json, name) is { } sid && sid.StartsWith(prefix, StringComparison.Ordinal) && AnySid().IsMatch(sid) ? sid : throw new FormatException($"{name} is no {prefix}");

    private static string? Text(JsonElement json, string name) => !json.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private static bool Flag(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static int? Whole(JsonElement json, string name) => int.TryParse(Text(json, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static decimal? Money(JsonElement json, string name) => decimal.TryParse(Text(json, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>In milliseconds on the wire.</summary>
    private static TimeSpan? Wait(JsonElement json) => Whole(json, "queue_time") is { } wait ? TimeSpan.FromMilliseconds(wait) : null;

    private static DateTimeOffset? Moment(JsonElement json, string name) =>
        DateTimeOffset.TryParse(Text(json, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;

    [GeneratedRegex("^[A-Z]{2}[0-9a-fA-F]{32}$")]
    private static partial Regex AnySid();
}
