namespace Callback.Health;

/// <summary>How a figure stands; the screen says it in words, not by colour alone.</summary>
public enum HealthLevel
{
    Good,

    /// <summary>Look into it today.</summary>
    Amber,

    /// <summary>Look into it now.</summary>
    Red,
}

public enum HealthUnit
{
    Count,
    Seconds,

    /// <summary>0 to 1.</summary>
    Share,
    Bytes,

    /// <summary>0 is no, 1 is yes.</summary>
    Flag,
}

/// <summary>Where figures stand together on the screen.</summary>
public enum HealthGroup
{
    Attempts,
    Gate,
    Calls,
    Line,
    Planning,
    Outgoing,
    Database,
}

/// <summary>The rows behind a figure, as <see cref="ListHealthRows"/> lists them.</summary>
public enum HealthRows
{
    Undecided,
    Spent,
    Releases,
    Technical,
    WrapUps,
    Running,
    Events,
    Findings,
    Abandoned,
    Holds,
    Passes,
    Outbox,
    GivenUp,
}

/// <summary>From where on a figure is amber and red.</summary>
/// <param name="Name">Of the figure, in the metrics too, there behind <c>callback.</c>.</param>
/// <param name="What">What is counted, as OpenTelemetry writes units of things: <c>{attempt}</c>; null where the unit says it.</param>
/// <param name="Amber">Above this it is amber; null: never.</param>
/// <param name="Red">Above this it is red; null: never.</param>
public sealed record HealthLimit(string Name, HealthGroup Group, HealthUnit Unit, string? What = null, double? Amber = null, double? Red = null)
{
    /// <summary>Little is bad: it turns below the limits instead of above them.</summary>
    public bool Below { get; init; }

    /// <summary>How it stands where there is nothing to measure.</summary>
    public HealthLevel Missing { get; init; }

    /// <summary>This node's own, not the installation's.</summary>
    public bool OfNode { get; init; }

    public HealthRows? Rows { get; init; }
}

/// <param name="Value">In the limit's unit; null: there is nothing to measure, for example no call that waits.</param>
public sealed record HealthFigure(HealthLimit Limit, double? Value, HealthLevel Level);
