using Callback.Database;

namespace Callback.Calls.Bridges;

/// <summary>Hangs the agent's own phone up. With it goes whoever is in the room, the customer too; a call that still rings is given up.</summary>
public sealed class CloseBridge(Db db, TimeProvider time, Telephony.Lines lines)
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

    /// <summary>Writes the end down, then asks the line for it: a leg that comes up all the same is hung up by its event.</summary>
    internal async Task<Bridge> EndAsync(Bridge bridge, string reason, CancellationToken ct)
    {
        var calls = await GoneAsync(bridge, reason, ct);
        if (lines.Bridge is { } line)
        {
            foreach (var ringing in calls)
                await line.CancelAsync(ringing, CancellationToken.None);
            if (bridge.LegCallId is { } leg)
                await line.EndLegAsync(leg, CancellationToken.None);
        }
        await using var session = await db.BeginByKeyAsync(bridge.ShopId, CancellationToken.None);
        return (await Bridge.FindAsync(session, bridge.ShopId.Value, bridge.BridgeId, CancellationToken.None))!;
    }

    private async Task<IReadOnlyList<string>> GoneAsync(Bridge bridge, string reason, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(ShopScope.All, ct);
        await BridgeMoves.GoneAsync(session, bridge.ShopId, bridge.BridgeId, reason, time.GetUtcNow(), ct);
        var calls = await RingingAsync(session, bridge.BridgeId, ct);
        await session.CommitAsync();
        return calls;
    }

    /// <summary>Customers who are being called into the room and have not answered.</summary>
    internal static Task<IReadOnlyList<string>> RingingAsync(Session session, Guid bridgeId, CancellationToken ct) => session.QueryAsync<string>(
        """
        select provider_call_id
        from attempts
        where bridge_id = @bridgeId and state = 'Placed' and answered_at is null and provider_call_id is not null
        """,
        new { bridgeId },
        ct);
}
