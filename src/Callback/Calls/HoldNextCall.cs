using Callback.Database;

namespace Callback.Calls;

/// <param name="Campaigns">The campaigns the agent is ready for; null: those chosen last time, or all the agent may take.</param>
public sealed record HoldNextCallInput(IReadOnlyList<CampaignKey>? Campaigns = null);

public readonly record struct CampaignKey(ShopId Shop, Guid CampaignId);

public abstract record HoldResult
{
    /// <summary>The card in the agent's hands: new, or the one that was there already.</summary>
    /// <param name="Until">When the hold runs out; null: the call is already made, the card stays until its result.</param>
    public sealed record Held(ShopId Shop, Guid HoldId, DateTimeOffset? Until, bool InHandBefore) : HoldResult;

    /// <param name="OpensAt">When the next window of the chosen campaigns opens; null: one is open now, or nothing is to come.</param>
    public sealed record NothingWaiting(DateTimeOffset? OpensAt) : HoldResult;
}

/// <summary>Hands the agent the next call: marks the agent ready, then claims the head of the best lane that is open now.</summary>
public sealed class HoldNextCall(Db db, TimeProvider time)
{
    public Task<HoldResult> RunAsync(Actor actor, HoldNextCallInput input, CancellationToken ct) => throw new NotSupportedException($"{db}{time}");
}
