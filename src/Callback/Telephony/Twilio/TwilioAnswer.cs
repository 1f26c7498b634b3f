namespace Callback.Telephony.Twilio;

/// <summary>What a request to Twilio came to.</summary>
public abstract record TwilioAnswer<T>
{
    private TwilioAnswer()
    {
    }

    /// <summary>Done, and this is what Twilio says of it.</summary>
    public sealed record Ok(T Value) : TwilioAnswer<T>;

    /// <summary>Certainly not done: Twilio said so, or never had the request.</summary>
    public sealed record Refused(TwilioRefusal Refusal) : TwilioAnswer<T>;

    /// <summary>Done or not, nobody knows. After a request that creates something: look for it, never ask again.</summary>
    /// <param name="Why">For the log: no number, no secret.</param>
    public sealed record Lost(string Why) : TwilioAnswer<T>
    {
        internal TimeSpan? RetryAfter { get; init; }
    }

    public TwilioAnswer<TOther> Map<TOther>(Func<T, TOther> other) => this switch
    {
        Ok ok => new TwilioAnswer<TOther>.Ok(other(ok.Value)),
        Refused refused => new TwilioAnswer<TOther>.Refused(refused.Refusal),
        Lost lost => new TwilioAnswer<TOther>.Lost(lost.Why),
        _ => throw new InvalidOperationException(),
    };
}

/// <summary>For requests that answer nothing but that they were done.</summary>
public readonly record struct Done;

/// <summary>A request that was certainly not done.</summary>
/// <param name="Code">Which sentence says it: <c>deadline</c>, <c>twilio-unreachable</c>, <c>twilio-refused-21211</c> or, where the number is not a known one, <c>twilio-refused</c>.</param>
/// <param name="TwilioCode">Twilio's own number, where it gave one.</param>
/// <param name="HttpStatus">Null: Twilio was not reached, or not asked.</param>
/// <param name="RetryAfter">How long Twilio wants to be left alone.</param>
public sealed record TwilioRefusal(string Code, int? TwilioCode = null, int? HttpStatus = null, TimeSpan? RetryAfter = null)
{
    /// <summary>The rate's queue, or the way to Twilio, would have taken longer than the gate's time; nothing was sent.</summary>
    public static readonly TwilioRefusal Deadline = new("deadline");

    /// <summary>No such call, conference or recording.</summary>
    public bool NotFound => HttpStatus == 404;
}
