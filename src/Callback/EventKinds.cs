namespace Callback;

/// <summary>What the programs of a shop can be told (see Receivers). Written to the outbox in the transaction of the deed itself.</summary>
public static class EventKinds
{
    /// <summary>A call is over: <c>attemptId, callState, at</c>.</summary>
    public const string CallEnded = "call.ended";

    /// <summary>A result was saved or corrected: <c>attemptId, revision, purpose, outcome, orderNos</c>.</summary>
    public const string ResultRecorded = "result.recorded";

    /// <summary>Somebody decided on what an agent had asked for: <c>taskId, approved</c>.</summary>
    public const string GrantDecided = "grant.decided";

    /// <summary>A try of the connection, sent from the screen: no data.</summary>
    public const string ReceiverTested = "receiver.tested";

    /// <summary>Those that a receiver can be told or spared.</summary>
    public static readonly IReadOnlyList<string> Chosen = [CallEnded, ResultRecorded, GrantDecided];
}
