using System.Xml.Linq;

namespace Callback.Telephony.Twilio;

/// <summary>What a call is to do, in Twilio's XML. Every part is written in the order of the calls.</summary>
public sealed class TwiML
{
    /// <summary>Of what may go along with a request.</summary>
    public const int MaxLength = 4000;

    /// <summary>Of a document that is fetched.</summary>
    public const string ContentType = "text/xml; charset=utf-8";

    private readonly XElement parts;

    public TwiML()
        : this("Response")
    {
    }

    private TwiML(string name) => parts = new XElement(name);

    /// <summary>Into the room, until the call or the conference ends. What follows is done only where the caller leaves alive.</summary>
    public TwiML Conference(ConferenceRoom room) => throw new NotImplementedException();

    /// <summary>Speaks the sentence.</summary>
    /// <param name="language">zh-CN or en.</param>
    public TwiML Say(string text, string language) => throw new NotImplementedException();

    /// <summary>Sends key tones: 0-9 # * and w, half a second of silence.</summary>
    public TwiML PlayDigits(string digits) => throw new NotImplementedException();

    public TwiML Play(Uri sound) => throw new NotImplementedException();

    public TwiML Pause(TimeSpan length) => throw new NotImplementedException();

    public TwiML Hangup() => throw new NotImplementedException();

    public TwiML Redirect(Uri next) => throw new NotImplementedException();

    /// <summary>Waits for keys while the prompt is spoken, and posts them.</summary>
    /// <param name="digits">How many.</param>
    /// <param name="action">Where the keys are posted; without any, what follows is done.</param>
    public TwiML Gather(int digits, TimeSpan wait, Uri action, Action<TwiML> prompt) => throw new NotImplementedException();

    public override string ToString() => throw new NotImplementedException();
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
