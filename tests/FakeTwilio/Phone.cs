namespace TwilioFake;

/// <summary>What a phone does once it is called.</summary>
public enum PhoneManner
{
    /// <summary>Rings, then somebody takes the call.</summary>
    Answers,

    /// <summary>Rings until a test or a person at <c>/_fake/calls/{sid}/answer</c> takes the call, at most the caller's time-out.</summary>
    Waits,

    /// <summary>Never rings: SIP 486.</summary>
    Busy,

    /// <summary>Rings for the whole time-out: SIP 487.</summary>
    RingsOut,

    /// <summary>Never rings, the number is unreachable: SIP 404.</summary>
    Fails,

    /// <summary>Rings, then somebody refuses the call: SIP 603, which Twilio calls busy.</summary>
    Declines,

    /// <summary>Rings, then an answering machine takes the call.</summary>
    Machine,
}

/// <summary>One phone of the network. Times are short by default, so that tests need not wait.</summary>
public sealed record Phone
{
    public PhoneManner Manner { get; init; }

    /// <summary>How long Twilio keeps the call in its own queue.</summary>
    public TimeSpan QueuedFor { get; init; }

    /// <summary>From leaving the queue to the first ring.</summary>
    public TimeSpan RingsAfter { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>From the first ring to being taken or refused.</summary>
    public TimeSpan AnswersAfter { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How long the other side talks before it hangs up; null is until somebody else does.</summary>
    public TimeSpan? HangsUpAfter { get; init; }

    /// <summary>Keys pressed once the call is taken, such as <c>1</c>.</summary>
    public string Presses { get; init; } = "";

    /// <summary>From being taken to the keys.</summary>
    public TimeSpan PressesAfter { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>What answering-machine detection says, if asked; null is human, and machine_start or machine_end_beep for a machine.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>How long the detection takes.</summary>
    public TimeSpan DetectedAfter { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Twilio's error code with which a call to this number is refused at once, such as 21215.</summary>
    public int? RefusedWith { get; init; }
}

/// <summary>The whole network: what each number does, and all others.</summary>
public sealed record PhoneScript
{
    public Phone Default { get; init; } = new();

    /// <summary>By number, or by its beginning with a star (<c>client:*</c>) or its end (<c>*7</c>); the longest match counts.</summary>
    public IReadOnlyDictionary<string, Phone> Numbers { get; init; } = new Dictionary<string, Phone>();

    public Phone Of(string number) =>
        Numbers.Where(entry => Fits(entry.Key, number)).OrderByDescending(entry => entry.Key.Length + (entry.Key.Contains('*', StringComparison.Ordinal) ? 0 : 1000))
            .Select(entry => entry.Value).FirstOrDefault() ?? Default;

    private static bool Fits(string pattern, string number) =>
        pattern switch
        {
            [.. var start, '*'] => number.StartsWith(start, StringComparison.Ordinal),
            ['*', .. var end] => number.EndsWith(end, StringComparison.Ordinal),
            _ => pattern == number,
        };
}
