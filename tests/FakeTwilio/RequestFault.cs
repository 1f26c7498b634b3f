namespace TwilioFake;

/// <summary>Spoils an answer of the API. Every part is independent: <c>new RequestFault { Status = 500 }</c> places the call and says 500.</summary>
public sealed record RequestFault
{
    /// <summary>Only requests with this verb; null is any.</summary>
    public string? Method { get; init; } = "POST";

    /// <summary>Only addresses with this in their path, such as <c>/Participants</c>; null is any.</summary>
    public string? Path { get; init; }

    /// <summary>Only requests whose To is this number; null is any.</summary>
    public string? To { get; init; }

    /// <summary>How many requests it spoils.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How many matching requests pass unspoiled first.</summary>
    public int After { get; init; }

    /// <summary>Whether the request is carried out although its answer is spoiled.</summary>
    public bool Placed { get; init; } = true;

    /// <summary>Answers with this HTTP status instead; 429 is never placed, whatever <see cref="Placed"/> says.</summary>
    public int? Status { get; init; }

    /// <summary>Twilio's code in the error; null is the usual one of the status.</summary>
    public int? Code { get; init; }

    /// <summary>Answers with a page instead of JSON, as a proxy in between does.</summary>
    public bool Html { get; init; }

    /// <summary>Sends <c>Retry-After</c> with so many seconds.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>How long it takes until the request is carried out; whoever asked may be gone by then.</summary>
    public TimeSpan PlacedAfter { get; init; }

    /// <summary>How long the answer takes.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Sends so many bytes of the answer (counted from its first line), then resets the connection. Null is no reset.</summary>
    public int? ResetAfter { get; init; }
}

/// <summary>A request that the API was asked, as it was answered.</summary>
/// <param name="Status">What was, or would have been, answered.</param>
/// <param name="AnswerBytes">Length of the answer with its head; a reset may come at 0 … this.</param>
public sealed record SeenRequest(
    DateTimeOffset At, string Method, string Path, IReadOnlyList<KeyValuePair<string, string>> Parameters, int Status, int AnswerBytes, bool Spoiled);
