using Callback.Telephony;

namespace Callback.Calls;

/// <summary>What the dial gate says.</summary>
internal abstract record GateAnswer
{
    public sealed record Refused(DialResult Result) : GateAnswer;

    /// <summary>The attempt and its rights are committed, and the database said so.</summary>
    public sealed record Go(LineCall Call, string Line, Deadline Deadline) : GateAnswer
    {
        public ShopId Shop => Call.Shop;

        public Guid AttemptId => Call.AttemptId;
    }

    /// <summary>The commit was sent and its answer did not come: the attempt may exist or not.</summary>
    public sealed record CommitLost(ShopId Shop, Guid AttemptId, Exception Cause) : GateAnswer;
}
