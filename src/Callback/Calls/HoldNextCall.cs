using Callback.Database;
using Callback.Planning;
using Npgsql;

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

/// <summary>
/// Hands the agent the next call: marks the agent ready, then claims the head of the best lane (shop, campaign, zones) whose window is open now, and looks at
/// its orders afresh. Agents of this node who ask at the same moment are served together, see <see cref="HoldBatch"/>.
/// </summary>
public sealed class HoldNextCall
{
    private readonly Db db;
    private readonly TimeProvider time;
    private readonly Coalescer<HoldRequest, HoldResult> together;

    public HoldNextCall(Db db, TimeProvider time, DeskCampaigns campaigns, FactsReader facts)
    {
        (this.db, this.time) = (db, time);
        together = new(HoldBatch.Most, atOnce: 2, new HoldBatch(db, time, campaigns, facts).RunAsync);
    }

    /// <exception cref="InvalidInputException"><c>agent-required</c>.</exception>
    public async Task<HoldResult> RunAsync(Actor actor, HoldNextCallInput input, CancellationToken ct)
    {
        var agent = Desk.Agent(actor);
        var shops = OwnAttempt.Shops(actor);
        try
        {
            return await together.AskAsync(new(new(agent, shops), input.Campaigns), ct);
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "queued_calls_one_hold_per_agent" })
        {
            // The same agent's other request was first (on another node): its card is the answer.
            await using var session = await db.BeginByKeyAsync(actor.Scope, ct);
            return await InHand.FindAsync(session, shops, agent, time.GetUtcNow(), ct) is { } card
                ? new HoldResult.Held(card.ShopId, card.HoldId, card.Until, InHandBefore: true)
                : new HoldResult.NothingWaiting(null);
        }
    }
}
