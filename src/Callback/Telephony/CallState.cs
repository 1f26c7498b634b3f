namespace Callback.Telephony;

/// <summary>What the network says of a call, in the order it can be said. From Completed on the call is over.</summary>
public enum CallState
{
    None,
    Queued,
    Initiated,
    Ringing,
    Answered,
    Completed,
    NoAnswer,
    Busy,
    Declined,
    Failed,
    Canceled,
}

/// <summary>How call states compare: events come late, twice and in any order, so a call's state only ever rises.</summary>
public static class CallStates
{
    /// <summary>All endings weigh the same: the first one that is heard of stays.</summary>
    public static int Rank(this CallState state) => Math.Min((int)state, (int)CallState.Completed);

    public static bool IsOver(this CallState state) => state >= CallState.Completed;

    public static CallState Later(CallState known, CallState heard) => heard.Rank() > known.Rank() ? heard : known;
}
