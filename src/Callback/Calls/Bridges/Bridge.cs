using Callback.Database;
using Callback.Telephony;

namespace Callback.Calls.Bridges;

/// <summary>How far the agent's own phone is.</summary>
public enum BridgeState
{
    /// <summary>The agent's phone is being called.</summary>
    Calling,

    /// <summary>The agent is in the room: customers may be called.</summary>
    Ready,

    /// <summary>Over, for good; the next one has a room of its own.</summary>
    Gone,
}

/// <summary>What the agent's phone is.</summary>
public enum LegKind
{
    /// <summary>The browser.</summary>
    Softphone,
    Phone,
    Sip,
}

/// <summary>A room with the agent's phone in it, as its row stands.</summary>
internal sealed record Bridge
{
    public required ShopId ShopId { get; init; }

    public required Guid BridgeId { get; init; }

    public required Guid AgentId { get; init; }

    public required string Line { get; init; }

    public required LegKind LegKind { get; init; }

    public required string LegLast4 { get; init; }

    public required bool KeepOpen { get; init; }

    public required BridgeState State { get; init; }

    public string? LegCallId { get; init; }

    public string? ConferenceId { get; init; }

    public string? AttemptShopId { get; init; }

    public Guid? AttemptId { get; init; }

    public required bool CustomerHeld { get; init; }

    public required bool AgentMuted { get; init; }

    public required bool RecordingPaused { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ReadyAt { get; init; }

    public DateTimeOffset? GoneAt { get; init; }

    public string? GoneReason { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public string Room => Rooms.NameOf(BridgeId);

    internal const string Columns = """
        shop_id, bridge_id, agent_id, line, leg_kind, leg_last4, keep_open, state, leg_call_id, conference_id, attempt_shop_id, attempt_id, customer_held, agent_muted,
        recording_paused, opened_at, ready_at, gone_at, gone_reason, asked_at
        """;

    public BridgeView View() => new(ShopId, BridgeId, State, LegKind, LegLast4, KeepOpen, OpenedAt, ReadyAt, GoneAt, GoneReason);

    /// <summary>The agent's open room, or the one that closed last; null: there never was one.</summary>
    public static Task<Bridge?> NewestAsync(Session session, IReadOnlyList<ShopId> shops, Guid agent, CancellationToken ct) => session.QuerySingleOrDefaultAsync<Bridge>(
        $"""
        select {Columns}
        from bridges
        where shop_id = any(@shops) and agent_id = @agent
        order by state = 'Gone', opened_at desc, bridge_id
        limit 1
        """,
        new { shops = shops.Select(shop => shop.Value).ToArray(), agent },
        ct);

    public static Task<Bridge?> FindAsync(Session session, string shop, Guid bridgeId, CancellationToken ct) => session.QuerySingleOrDefaultAsync<Bridge>(
        $"select {Columns} from bridges where shop_id = @shop and bridge_id = @bridgeId", new { shop, bridgeId }, ct);
}

/// <summary>The agent's phone and its room, for the desk.</summary>
/// <param name="Last4">Last digits of the number, host of the SIP address, empty for the browser.</param>
/// <param name="GoneReason">Why it is over, as a code: ended, busy, no-answer, failed, canceled, closed, idle, transferred, not-found, or what the line refused it for.</param>
public sealed record BridgeView(
    ShopId Shop, Guid BridgeId, BridgeState State, LegKind Leg, string Last4, bool KeepOpen,
    DateTimeOffset OpenedAt, DateTimeOffset? ReadyAt, DateTimeOffset? GoneAt, string? GoneReason);
