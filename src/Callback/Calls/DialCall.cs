using Callback.Database;
using Callback.Telephony;

namespace Callback.Calls;

public sealed record DialCallInput(Guid HoldId);

public abstract record DialResult
{
    /// <summary>Through the gate and with the line.</summary>
    /// <param name="Number">Only where the line shows it: the agent dials it now.</param>
    public sealed record Dialing(ShopId Shop, Guid AttemptId, PhoneNumber? Number, AttemptState State) : DialResult;

    /// <summary>The gate said no and nothing was spent.</summary>
    /// <param name="Reason">A block reason of the policy, or ClockBack, ClockSkew, EpochChanged.</param>
    /// <param name="Until">When it may be otherwise; null: not by waiting.</param>
    /// <param name="CardKept">The hold still stands and the agent may try again; false: the card is gone, take the next one.</param>
    public sealed record Blocked(string Reason, DateTimeOffset? Until, bool CardKept) : DialResult;

    /// <summary>The hold ran out or is another's.</summary>
    public sealed record HoldLost : DialResult;

    /// <summary>The person is being called at this moment, or another agent's gate came first.</summary>
    public sealed record Busy : DialResult;

    /// <summary>Required items of the "before" phase are neither ticked nor waived with a reason.</summary>
    public sealed record ChecklistOpen(IReadOnlyList<string> Items) : DialResult;

    /// <summary>The gate let it through, the line certainly did not place it. One technical grant may follow.</summary>
    public sealed record NotPlaced(ShopId Shop, Guid AttemptId, string Reason) : DialResult;
}

/// <summary>The dial gate and, once its commit is certain, the one question to the line.</summary>
public sealed class DialCall(Db db, TimeProvider time, Lines lines)
{
    public Task<DialResult> RunAsync(Actor actor, DialCallInput input, CancellationToken ct) => throw new NotSupportedException($"{db}{time}{lines}");
}
