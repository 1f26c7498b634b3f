using Callback.Database;

namespace Callback.Calls.Bridges;

/// <summary>Hangs the agent's own phone up. With it goes whoever is in the room, the customer too; a call that still rings is given up.</summary>
public sealed class CloseBridge(Db db, TimeProvider time, Telephony.Lines lines, AloneCustomers alone)
{
    /// <returns>How the phone stands now; null: there never was a room.</returns>
    public async Task<BridgeView?> RunAsync(Actor actor, CancellationToken ct)
    {
        var agent = Desk.Agent(actor);
        var shops = OwnAttempt.Shops(actor);
        var bridge = await NewestAsync(actor, shops, agent, ct);
        return (bridge is { State: not BridgeState.Gone } ? await EndAsync(bridge, "closed", ct) : bridge)?.View();
    }

    private async Task<Bridge?> NewestAsync(Actor actor, IReadOnlyList<ShopId> shops, Guid agent, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(actor.Scope, ct);
        return await Bridge.NewestAsync(session, shops, agent, ct);
    }

    /// <summary>Writes the end down, then looks after who is left in the room, then asks the line for it: a leg that comes up all the same is hung up by its event.</summary>
    internal async Task<Bridge> EndAsync(Bridge bridge, string reason, CancellationToken ct, bool legIsOver = false)
    {
        await using (var session = await db.BeginByKeyAsync(bridge.ShopId, ct))
        {
            await BridgeMoves.GoneAsync(session, bridge.ShopId, bridge.BridgeId, reason, time.GetUtcNow(), ct);
            bridge = (await Bridge.FindAsync(session, bridge.ShopId.Value, bridge.BridgeId, ct))!;
            await session.CommitAsync();
        }
        await alone.LookAsync(bridge, CancellationToken.None);
        if (!legIsOver && bridge.LegCallId is { } leg && lines.Bridge is { } line)
            await line.EndLegAsync(leg, CancellationToken.None);
        return bridge;
    }
}
