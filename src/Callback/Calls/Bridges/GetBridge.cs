using Callback.Calls.LineUse;
using Callback.Database;

namespace Callback.Calls.Bridges;

/// <summary>What the desk knows of the agent's own phone.</summary>
/// <param name="Needed">One of the agent's shops has a line that calls the agent first; otherwise nothing of this is shown.</param>
/// <param name="Leg">What the agent set as phone; null: nothing yet.</param>
/// <param name="Bridge">The open room, or the one that closed last.</param>
public sealed record AgentPhone(bool Needed, AgentLegView? Leg, BridgeView? Bridge)
{
    public bool Ready => Bridge is { State: BridgeState.Ready };
}

/// <summary>Reads how the agent's own phone stands; the desk asks every few seconds while it is being called.</summary>
public sealed class GetBridge(Db db, Telephony.Lines lines)
{
    public async Task<AgentPhone> RunAsync(Actor actor, CancellationToken ct)
    {
        var agent = Desk.Agent(actor);
        var shops = OwnAttempt.Shops(actor);
        if (lines.Bridge is not { } line)
            return new(false, null, null);
        await using var session = await db.BeginByKeyAsync(actor.Scope, ct);
        var needed = await session.QuerySingleAsync<bool>(
            """
            select exists (
                select
                from campaigns c
                join shops s on s.shop_id = c.shop_id
                where c.shop_id = any(@shops) and c.line = @line and c.status = 'Running' and not s.practice)
            """,
            new { shops = shops.Select(shop => shop.Value).ToArray(), line = line.Name },
            ct);
        var leg = await AgentLeg.FindAsync(session, shops, agent, ct);
        return new(needed, leg?.View(), (await Bridge.NewestAsync(session, shops, agent, ct))?.View());
    }
}
