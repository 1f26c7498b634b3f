using Callback.Database;

namespace Callback.Calls.Bridges;

/// <summary>The steps of a room, each one statement that names where it may start from; gone is for good.</summary>
internal static class BridgeMoves
{
    /// <summary>The line's id of the agent's leg.</summary>
    public static async Task<bool> LegAsync(Session session, ShopId shop, Guid bridgeId, string callId, CancellationToken ct) =>
        await session.ExecuteAsync(
            """
            update bridges
            set leg_call_id = @callId
            where shop_id = @shop and bridge_id = @bridgeId and (leg_call_id is null or leg_call_id = @callId)
            """,
            new { shop, bridgeId, callId },
            ct) == 1;

    /// <summary>The agent is in the room.</summary>
    public static async Task<bool> ReadyAsync(Session session, ShopId shop, Guid bridgeId, DateTimeOffset now, CancellationToken ct) =>
        await session.ExecuteAsync(
            """
            update bridges
            set state = 'Ready', ready_at = @now
            where shop_id = @shop and bridge_id = @bridgeId and state = 'Calling'
            """,
            new { shop, bridgeId, now },
            ct) == 1;

    public static async Task<bool> GoneAsync(Session session, ShopId shop, Guid bridgeId, string reason, DateTimeOffset now, CancellationToken ct) =>
        await session.ExecuteAsync(
            """
            update bridges
            set state = 'Gone', gone_at = @now, gone_reason = @reason
            where shop_id = @shop and bridge_id = @bridgeId and state <> 'Gone'
            """,
            new { shop, bridgeId, reason, now },
            ct) == 1;

    /// <summary>The line's id of the room.</summary>
    public static Task<int> RoomAsync(Session session, ShopId shop, Guid bridgeId, string conferenceId, CancellationToken ct) => session.ExecuteAsync(
        """
        update bridges
        set conference_id = @conferenceId
        where shop_id = @shop and bridge_id = @bridgeId and conference_id is null
        """,
        new { shop, bridgeId, conferenceId },
        ct);

    /// <summary>
    /// Claims the agent's room for a call that is passing the gate: the row stays locked to the end of the gate's transaction, so an agent who hangs up does so
    /// before or after it, never between.
    /// </summary>
    /// <returns>Null: the agent's phone is not in a room.</returns>
    public static Task<Bridge?> ClaimAsync(Session session, IReadOnlyList<ShopId> shops, Guid agent, ShopId shop, Guid attemptId, CancellationToken ct) =>
        session.QuerySingleOrDefaultAsync<Bridge>(
            $"""
            update bridges
            set attempt_shop_id = @shop, attempt_id = @attemptId, customer_held = false, agent_muted = false, recording_paused = false
            where shop_id = any(@shops) and agent_id = @agent and state = 'Ready'
            returning {Bridge.Columns}
            """,
            new { shops = shops.Select(of => of.Value).ToArray(), agent, shop, attemptId },
            ct);

    /// <summary>Whether a customer is in the room, or may come in yet: then no other is called into it.</summary>
    public static Task<bool> OccupiedAsync(Session session, Bridge bridge, CancellationToken ct) => session.QuerySingleAsync<bool>(
        "select exists (select from attempts where bridge_id = @BridgeId and state in ('Dialing', 'Unknown', 'Placed'))", new { bridge.BridgeId }, ct);
}
