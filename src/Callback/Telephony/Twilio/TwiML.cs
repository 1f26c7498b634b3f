using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Callback.Telephony.Twilio;

/// <summary>What a call is to do, in Twilio's XML. The parts are done in the order they are written.</summary>
public sealed class TwiML
{
    /// <summary>Of what may go along with a request.</summary>
    public const int MaxLength = 4000;

    /// <summary>Of a document that Twilio fetches.</summary>
    public const string ContentType = "text/xml; charset=utf-8";

    private readonly XElement parts = new("Response");

    /// <summary>Into the room, until the call or the conference ends. What follows is done only where the leg is left alone alive.</summary>
    public TwiML Conference(ConferenceRoom room) => Add(new XElement(
        "Dial",
        Maybe("action", room.Action),
        new XElement(
            "Conference",
            // No beeps: what is said when somebody enters is for the script to say.
            new XAttribute("beep", "false"),
            new XAttribute("startConferenceOnEnter", room.StartOnEnter),
            new XAttribute("endConferenceOnExit", room.EndOnExit),
            new XAttribute("waitUrl", room.WaitUrl?.AbsoluteUri ?? ""),
            new XAttribute("participantLabel", room.Label),
            room.Muted ? new XAttribute("muted", true) : null,
            Maybe("coach", room.CoachCallSid),
            Maybe("statusCallback", room.Status),
            room.Status is null ? null : new XAttribute("statusCallbackEvent", "start end join leave mute hold"),
            room.Name)));

    /// <summary>Speaks the sentence.</summary>
    /// <param name="language">zh-CN or en.</param>
    public TwiML Say(string text, string language) => Add(Spoken(text, language));

    /// <summary>Sends key tones: 0-9 # * and w, half a second of silence.</summary>
    public TwiML PlayDigits(string digits) => Add(new XElement("Play", new XAttribute("digits", digits)));

    public TwiML Play(Uri sound) => Add(new XElement("Play", sound.AbsoluteUri));

    /// <param name="length">Whole seconds, at least one.</param>
    public TwiML Pause(TimeSpan length) => Add(new XElement("Pause", new XAttribute("length", Seconds(length))));

    public TwiML Hangup() => Add(new XElement("Hangup"));

    public TwiML Redirect(Uri next) => Add(new XElement("Redirect", next.AbsoluteUri));

    /// <summary>Speaks a sentence, waits for keys meanwhile and after, and posts them.</summary>
    /// <param name="digits">How many.</param>
    /// <param name="wait">After the sentence; whole seconds.</param>
    /// <param name="action">Where the keys are posted; without any, what follows is done.</param>
    public TwiML Gather(string text, string language, int digits, TimeSpan wait, Uri action) => Add(new XElement(
        "Gather",
        new XAttribute("input", "dtmf"),
        new XAttribute("numDigits", digits),
        new XAttribute("timeout", Seconds(wait)),
        new XAttribute("action", action.AbsoluteUri),
        Spoken(text, language)));

    public override string ToString() => parts.ToString(SaveOptions.DisableFormatting);

    private TwiML Add(XElement part)
    {
        parts.Add(part);
        return this;
    }

    private static XElement Spoken(string text, string language) => new(
        "Say",
        new XAttribute("language", language == "zh-CN" ? "zh-CN" : "en-US"),
        new XAttribute("voice", language == "zh-CN" ? "Polly.Zhiyu-Neural" : "Polly.Joanna-Neural"),
        // A name out of an order may hold characters that XML has no place for.
        string.Concat(text.Where(letter => XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter))));

    private static XAttribute? Maybe(string name, object? value) => value is null ? null : new(name, value is Uri address ? address.AbsoluteUri : value);

    private static string Seconds(TimeSpan length) => Math.Max(1, (int)Math.Ceiling(length.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}

/// <summary>A conference as a leg enters it.</summary>
/// <param name="Name">No personal data: Twilio keeps it.</param>
/// <param name="Label">Names the leg in later requests and events.</param>
public sealed record ConferenceRoom(string Name, string Label)
{
    public bool StartOnEnter { get; init; } = true;

    public bool EndOnExit { get; init; }

    public bool Muted { get; init; }

    /// <summary>Of the conference's events; only what the first who enters says counts.</summary>
    public Uri? Status { get; init; }

    /// <summary>What is heard alone in the room; null: silence.</summary>
    public Uri? WaitUrl { get; init; }

    /// <summary>The leg that alone hears this one.</summary>
    public string? CoachCallSid { get; init; }

    /// <summary>Where it is told that the leg left (Dial's action); null: what follows is done.</summary>
    public Uri? Action { get; init; }
}
