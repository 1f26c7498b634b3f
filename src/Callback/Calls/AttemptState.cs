namespace Callback.Calls;

/// <summary>Where an attempt stands; the table attempt_edges holds the same edges in the database.</summary>
public enum AttemptState
{
    /// <summary>Through the gate; the line was not asked yet, or has not answered.</summary>
    Dialing,

    /// <summary>The line's answer is lost: it may have rung.</summary>
    Unknown,

    /// <summary>The line has the call.</summary>
    Placed,

    /// <summary>The call is over.</summary>
    Ended,

    /// <summary>Certainly not placed: the phone did not ring.</summary>
    NotPlaced,

    /// <summary>Not found after the grace time: counts as a call, and may have rung.</summary>
    Spent,
}

public static class AttemptStates
{
    /// <summary>Every step an attempt may take.</summary>
    public static IReadOnlySet<(AttemptState From, AttemptState To)> Edges { get; } = new HashSet<(AttemptState, AttemptState)>
    {
        (AttemptState.Dialing, AttemptState.Placed),
        (AttemptState.Dialing, AttemptState.Unknown),
        (AttemptState.Dialing, AttemptState.NotPlaced),
        (AttemptState.Dialing, AttemptState.Ended),
        (AttemptState.Unknown, AttemptState.Placed),
        (AttemptState.Unknown, AttemptState.Ended),
        (AttemptState.Unknown, AttemptState.NotPlaced),
        (AttemptState.Unknown, AttemptState.Spent),
        (AttemptState.Placed, AttemptState.Ended),
        (AttemptState.Spent, AttemptState.Placed),
        (AttemptState.Spent, AttemptState.Ended),
    };
}

/// <summary>After-call work: open on the desk, put off on purpose, left behind by an agent who vanished, or done.</summary>
public enum WrapUpState
{
    None,
    Open,
    Later,
    Abandoned,
    Done,
}
