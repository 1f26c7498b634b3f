namespace TwilioFake;

/// <summary>
/// Standing trouble, drawn by lot: every request and webhook may be hit until the weather changes. Ordered faults (<see cref="RequestFault"/>, <see cref="WebhookFault"/>) go before it.
/// Shares are from 0 to 1.
/// </summary>
public sealed record Weather
{
    /// <summary>Nothing goes wrong.</summary>
    public static readonly Weather Clear = new();

    public int Seed { get; init; }

    /// <summary>Share of requests that create a call whose answer is spoiled, in every way there is: refused, lost before or after the call is placed, cut off, slow, unreadable.</summary>
    public double Creating { get; init; }

    /// <summary>Share of all other requests that fail or are slow.</summary>
    public double Other { get; init; }

    /// <summary>How long a slow answer, or a slow placing, takes at most.</summary>
    public TimeSpan Slow { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer takes that comes too late for everybody.</summary>
    public TimeSpan TooLate { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>Only this happens to requests that create a call; null: all there is.</summary>
    public CreatingTrouble? Always { get; init; }

    /// <summary>Share of webhooks that are never sent.</summary>
    public double Lost { get; init; }

    /// <summary>Share of webhooks that are sent twice.</summary>
    public double Twice { get; init; }

    /// <summary>Share of webhooks that are sent later, up to <see cref="Late"/>, while others pass.</summary>
    public double Shuffled { get; init; }

    public TimeSpan Late { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>What happens to a request that is to create a call.</summary>
public enum CreatingTrouble
{
    LostBefore,
    LostAfter,
    CutOff,
    ErrorPlaced,
    ErrorNotPlaced,
    TooMany,
    Refused,
    Page,
    Unreadable,
    Slow,
    PlacedLate,
    TooLate,
}
