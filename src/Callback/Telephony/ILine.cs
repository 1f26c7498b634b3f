namespace Callback.Telephony;

/// <summary>What places a call: by hand, in practice, or through a provider. The dial gate is before every line and the same for all.</summary>
public interface ILine
{
    /// <summary>As in <c>campaigns.line</c>: manual, practice, twilio.</summary>
    string Name { get; }

    LineCapabilities Capabilities { get; }

    /// <summary>
    /// Asks for the call, once. Whoever calls this has the gate's COMMIT acknowledged; nobody ever calls it twice for one attempt.
    /// What can not be known for certain is <see cref="LineAnswer.Unknown"/>, never an exception to guess about.
    /// </summary>
    /// <param name="call">What to place.</param>
    /// <param name="deadline">Asked by the line with nothing awaited between it and the first byte it sends; passed: <see cref="LineAnswer.Refused"/> "deadline".</param>
    /// <param name="ct">Only while nothing is sent yet.</param>
    Task<LineAnswer> PlaceAsync(LineCall call, Deadline deadline, CancellationToken ct);

    /// <summary>Asks the line to end the call.</summary>
    /// <returns>The end, where the line knows it at once; null: an event will tell it.</returns>
    Task<LineEvent?> HangUpAsync(LineCall call, CancellationToken ct);

    /// <summary>What the line knows of a call whose answer was lost.</summary>
    Task<FoundCall> FindAsync(LineCall call, CancellationToken ct);

    /// <summary>Everything that has happened to a placed call up to now; told again in full every time.</summary>
    Task<IReadOnlyList<LineEvent>> PollAsync(LineCall call, CancellationToken ct);
}

/// <param name="ShowsNumber">The agent dials, so the number is revealed to that agent after the gate.</param>
/// <param name="AgentReportsStates">Ringing, answered and ended come from the agent's buttons.</param>
/// <param name="CanHangUp">The desk may ask the line to end the call.</param>
public sealed record LineCapabilities(bool ShowsNumber, bool AgentReportsStates, bool CanHangUp)
{
    /// <summary>Asking costs something, and events come by themselves: a call is asked about only after such a silence. Null: ask at will.</summary>
    public TimeSpan? AskAfter { get; init; }

    /// <summary>Customers are called into a room in which the agent's own phone already is: an <see cref="IBridgeLine"/>.</summary>
    public bool NeedsAgentLeg { get; init; }
}

/// <summary>One attempt as its line sees it.</summary>
/// <param name="CallId">The line's own id, once it has one.</param>
/// <param name="At">The moment the gate let it through.</param>
public sealed record LineCall(ShopId Shop, Guid AttemptId, PhoneNumber Number, DateTimeOffset At, string? CallId)
{
    /// <summary>The room the customer is called into; null on lines that have none.</summary>
    public string? Room { get; init; }

    /// <summary>The number the customer sees; null on lines that show none.</summary>
    public string? CallerId { get; init; }

    /// <summary>How long the phone may ring.</summary>
    public TimeSpan RingTime { get; init; } = TimeSpan.FromSeconds(30);

    public CallRecording Recording { get; init; }

    /// <summary>Ask who answers, person or machine.</summary>
    public bool DetectMachine { get; init; }

    /// <summary>What is spoken to the customer is spoken in this language: zh-CN or en.</summary>
    public string Language { get; init; } = "zh-CN";

    /// <summary>Ids of the line that belong to other calls of ours: a lost call is none of these.</summary>
    public IReadOnlySet<string> Others { get; init; } = new HashSet<string>();

    /// <summary>Another attempt to the same number, in another shop, is undecided at the same time: a call that fits may be that one's.</summary>
    public bool HasRival { get; init; }

    /// <summary>No phone numbers.</summary>
    public override string ToString() => $"attempt {AttemptId}";
}

/// <summary>Whether a call is recorded.</summary>
public enum CallRecording
{
    Off,

    /// <summary>The customer hears a sentence about it before anybody else.</summary>
    WithNotice,
    Always,
}

/// <summary>What the line answered.</summary>
public abstract record LineAnswer
{
    /// <summary>The line has the call and knows it by this id.</summary>
    public sealed record Accepted(string CallId) : LineAnswer;

    /// <summary>Certainly no call was placed: the phone did not ring and will not.</summary>
    public sealed record Refused(string Code) : LineAnswer;

    /// <summary>It may ring or not: to be reconciled, never to be asked again.</summary>
    public sealed record Unknown(string Why) : LineAnswer;
}

/// <summary>What asking for a lost call brought to light.</summary>
public abstract record FoundCall
{
    public sealed record Found(string CallId) : FoundCall;

    /// <summary>The line's list does not have it (yet).</summary>
    public sealed record NotListed : FoundCall;

    /// <summary>More than one call of the list may be it, or another attempt may be meant by the one that fits: it may have rung, and nothing tells.</summary>
    public sealed record SeveralFit : FoundCall;

    /// <summary>The line can prove that it never had the call.</summary>
    public sealed record NeverPlaced(string Proof) : FoundCall;
}

/// <summary>One thing that happened to a call. Its identity is (line, call id, sequence, state).</summary>
/// <param name="AttemptId">Where the event itself says it.</param>
public sealed record LineEvent(ShopId Shop, string Line, string CallId, int Sequence, CallState State, DateTimeOffset At, Guid? AttemptId)
{
    /// <summary>What came along with it, where the line says such things.</summary>
    public CallFigures? Figures { get; init; }
}

/// <summary>Figures of a call; null: not said.</summary>
/// <param name="Seconds">How long it was connected.</param>
/// <param name="SipCode">How the network ended it: 404 unreachable, 486 busy, 487 not answered in time.</param>
/// <param name="AnsweredBy">human, machine_start …: a hint.</param>
/// <param name="Price">What the provider asks for it, in <paramref name="PriceUnit"/>; never negative.</param>
public sealed record CallFigures(int? Seconds = null, int? SipCode = null, string? AnsweredBy = null, decimal? Price = null, string? PriceUnit = null);
