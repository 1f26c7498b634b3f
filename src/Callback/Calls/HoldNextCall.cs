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
/// its orders afresh. What can not be called any more leaves the queue on the way.
/// </summary>
public sealed class HoldNextCall(Db db, TimeProvider time, DeskCampaigns campaigns, FactsReader facts)
{
    /// <summary>So many calls are looked at for one request; one more request goes on where this one stopped.</summary>
    private const int MostLooks = 50;

    /// <exception cref="InvalidInputException"><c>agent-required</c>.</exception>
    public async Task<HoldResult> RunAsync(Actor actor, HoldNextCallInput input, CancellationToken ct)
    {
        var agent = Desk.Agent(actor);
        var shops = OwnAttempt.Shops(actor);
        try
        {
            return await HoldAsync(actor, agent, shops, input, ct);
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "queued_calls_one_hold_per_agent" })
        {
            // The same agent's other request was first (a double click, a second tab): its card is the answer.
            await using var session = await db.BeginByKeyAsync(actor.Scope, ct);
            return await InHand.FindAsync(session, shops, agent, time.GetUtcNow(), ct) is { } card ? Before(card) : new HoldResult.NothingWaiting(null);
        }
    }

    private async Task<HoldResult> HoldAsync(Actor actor, Guid agent, IReadOnlyList<ShopId> shops, HoldNextCallInput input, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var session = await db.BeginByKeyAsync(actor.Scope, ct);
        if (await InHand.FindOrOverdueAsync(session, shops, agent, ct) is { } card)
        {
            if (!card.IsOverdue(now))
                return Before(card);
            await FreeOverdueAsync(session, shops, agent, now, ct);
        }
        var chosen = await campaigns.ChosenAsync(session, shops, agent, input.Campaigns, now, ct);
        await SetAgentState.WriteAsync(session, shops, agent, AgentState.Ready, null, input.Campaigns?.Select(key => key.CampaignId).ToArray(), now, ct);
        var lanes = await Lane.ReadAsync(session, chosen, now, ct);
        var held = await ClaimAsync(session, agent, lanes, now, ct);
        await session.CommitAsync();
        return held ?? (HoldResult)new HoldResult.NothingWaiting(Lane.NextOpening(chosen, lanes, now));
    }

    private static HoldResult.Held Before(InHand card) => new(card.ShopId, card.HoldId, card.Until, InHandBefore: true);

    private async Task<HoldResult.Held?> ClaimAsync(Session session, Guid agent, IReadOnlyList<Lane> lanes, DateTimeOffset now, CancellationToken ct)
    {
        var passed = new List<Guid>();
        if (await KeptCalls.NextAsync(session, lanes, agent, now, ct) is { } kept && await ClaimInAsync(session, agent, kept.Lane, kept.QueuedCallId, passed, now, ct) is { } own)
            return own;
        foreach (var lane in lanes.Where(lane => lane.IsOpen || lane.PromisedOnly))
            if (await ClaimInAsync(session, agent, lane, null, passed, now, ct) is { } held)
                return held;
        return null;
    }

    private async Task<HoldResult.Held?> ClaimInAsync(Session session, Guid agent, Lane lane, Guid? only, List<Guid> passed, DateTimeOffset now, CancellationToken ct)
    {
        while (passed.Count < MostLooks && await ClaimHeadAsync(session, agent, lane, only, passed, now, ct) is { } call)
        {
            passed.Add(call.QueuedCallId);
            var read = await facts.ReadAsync(session, lane.Campaign, call.Orders, now, ct);
            switch (QueuedCallPolicy.Judge(call, read, now))
            {
                case QueuedCallVerdict.Goes goes:
                    await QueueRows.DropAsync(session, call, goes.Leaving, ct);
                    return new(call.ShopId, call.HoldId, call.HeldUntil, InHandBefore: false);
                case QueuedCallVerdict.Leaves leaves:
                    await QueueRows.LeaveAsync(session, call, leaves.Reason.ToString(), null, leaves.Leaving, now, ct);
                    break;
                default:
                    await QueueRows.FreeAsync(session, call, penalty: 0, ct);
                    break;
            }
        }
        return null;
    }

    /// <summary>The claim: one statement on the lane's index, past rows that other agents are claiming at this moment.</summary>
    private static Task<QueuedCall?> ClaimHeadAsync(
        Session session, Guid agent, Lane lane, Guid? only, List<Guid> passed, DateTimeOffset now, CancellationToken ct) =>
        session.QuerySingleOrDefaultAsync<QueuedCall>(
            $"""
            update queued_calls q
            set hold_id = @holdId, held_by = @agent, held_at = business_clock(), held_until = business_clock() + @holdFor, fence = q.fence + 1
            from (
                select shop_id, queued_call_id
                from queued_calls
                where shop_id = @shop
                    and campaign_id = @campaignId
                    and zone_key = @zoneKey
                    and hold_id is null
                    and due_at <= @now
                    and fresh_until > @now
                    and (not @promisedOnly or kind = 'Promised')
                    and queued_call_id <> all(@passed)
                    {(lane.Campaign.Practice ? KeptCalls.NotForOthers : "")}
                order by priority desc, due_at, queued_call_id
                limit 1
                for update skip locked) head
            where q.shop_id = head.shop_id and q.queued_call_id = head.queued_call_id
            returning {QueuedCall.Columns}
            """,
            new
            {
                holdId = Ids.New(now),
                agent,
                holdFor = lane.Campaign.Campaign.Settings.HoldFor,
                shop = lane.Campaign.Campaign.Shop,
                lane.Campaign.Campaign.CampaignId,
                zoneKey = lane.Zone.Value,
                promisedOnly = !lane.IsOpen,
                only,
                passed = passed.ToArray(),
                now,
            },
            ct);

    /// <summary>The agent's own hold that ran out before the sweep came by would stand in the way of the next.</summary>
    private static Task<int> FreeOverdueAsync(Session session, IReadOnlyList<ShopId> shops, Guid agent, DateTimeOffset now, CancellationToken ct) =>
        session.ExecuteAsync(
            """
            update queued_calls
            set hold_id = null, held_by = null, held_at = null, held_until = null, fence = fence + 1
            where shop_id = any(@shops) and held_by = @agent and held_until <= @now
            """,
            new { shops = shops.Select(shop => shop.Value).ToArray(), agent, now },
            ct);
}
