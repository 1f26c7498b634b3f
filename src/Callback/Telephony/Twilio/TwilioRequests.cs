namespace Callback.Telephony.Twilio;

/// <summary>A call to be created. What it does when it is answered is said by <paramref name="Twiml"/>, or fetched from <see cref="Url"/>.</summary>
/// <param name="To">E.164, <c>sip:name@host</c> or <c>client:identity</c>.</param>
/// <param name="From">A number of the account or one verified there; <c>client:…</c> only where To is one, too.</param>
/// <param name="Twiml">At most 4000 characters.</param>
public sealed record CreateCall(string To, string From, string? Twiml = null)
{
    /// <summary>Where Twilio fetches what to do; ignored by Twilio where TwiML came along.</summary>
    public Uri? Url { get; init; }

    public StatusHook? Status { get; init; }

    /// <summary>5 to 600 s; Twilio adds up to 5 s. Its default is 60 s.</summary>
    public TimeSpan? RingFor { get; init; }

    /// <summary>When Twilio ends the call by itself.</summary>
    public TimeSpan? AtMost { get; init; }

    /// <summary>Sent when the call connects: at most 32 of 0-9 A-D # * , and w (half a second), W (a second).</summary>
    public string? SendDigits { get; init; }

    public MachineDetection? MachineDetection { get; init; }

    public RecordingWish? Recording { get; init; }

    /// <summary>No phone numbers.</summary>
    public override string ToString() => "a call";
}

/// <summary>A leg to be called into a conference, which is made by the first who enters.</summary>
/// <param name="To">E.164, <c>sip:name@host</c> or <c>client:identity</c>.</param>
/// <param name="From">As for a call.</param>
/// <param name="Label">Unique in the conference; names the leg in later requests and events.</param>
public sealed record AddParticipant(string To, string From, string Label)
{
    public StatusHook? Status { get; init; }

    public TimeSpan? RingFor { get; init; }

    public TimeSpan? AtMost { get; init; }

    /// <summary>The others hear it ring.</summary>
    public bool EarlyMedia { get; init; } = true;

    public bool Muted { get; init; }

    public bool StartConferenceOnEnter { get; init; } = true;

    public bool EndConferenceOnExit { get; init; }

    /// <summary>The leg that alone hears this one.</summary>
    public string? CoachCallSid { get; init; }

    public MachineDetection? MachineDetection { get; init; }

    public RecordingWish? Recording { get; init; }

    /// <summary>No phone numbers.</summary>
    public override string ToString() => $"participant {Label}";
}

/// <summary>Where Twilio tells how a call goes, and which steps of it.</summary>
public sealed record StatusHook(Uri Address)
{
    public IReadOnlyList<string> Events { get; init; } = ["initiated", "ringing", "answered", "completed"];
}

/// <summary>Asks who answers, person or machine, without keeping anybody waiting: the call connects at once and the verdict comes later.</summary>
public sealed record MachineDetection(Uri Verdict);

/// <summary>A recording of the call with one channel for each side.</summary>
public sealed record RecordingWish(Uri Status);

/// <summary>What a running call is to do. One of the three.</summary>
public sealed record CallChange
{
    /// <summary>Before it is answered: gives it up. Afterwards Twilio refuses with 21220.</summary>
    public static readonly CallChange Cancel = new() { Status = "canceled" };

    /// <summary>Ends it at any point.</summary>
    public static readonly CallChange HangUp = new() { Status = "completed" };

    public string? Status { get; private init; }

    public string? Twiml { get; private init; }

    public Uri? Url { get; private init; }

    /// <summary>Leaves what it is doing and does this.</summary>
    public static CallChange To(TwiML twiml) => new() { Twiml = twiml.ToString() };

    public static CallChange To(Uri url) => new() { Url = url };
}

/// <summary>What is changed of a leg; null stays as it is.</summary>
public sealed record ParticipantChange
{
    public bool? Muted { get; init; }

    public bool? Hold { get; init; }

    /// <summary>What is played while on hold; null: Twilio's music.</summary>
    public Uri? HoldUrl { get; init; }

    /// <summary>Played to this leg alone.</summary>
    public Uri? AnnounceUrl { get; init; }

    public bool? EndConferenceOnExit { get; init; }

    /// <summary>True: heard by <see cref="CoachCallSid"/> alone; false: heard by all.</summary>
    public bool? Coaching { get; init; }

    public string? CoachCallSid { get; init; }
}

/// <summary>Of what a recording is.</summary>
public enum RecordingOf
{
    Call,
    Conference,
}

/// <summary>What a running recording is to do.</summary>
public enum RecordingChange
{
    Pause,
    Resume,
    Stop,
}

/// <summary>How a recording is handed out.</summary>
public enum RecordingFormat
{
    Wav,
    Mp3,
}
