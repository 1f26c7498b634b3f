using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;

namespace Callback.Calls;

/// <summary>One dial, as its row stands.</summary>
public sealed record Attempt
{
    public required ShopId ShopId { get; init; }

    public required Guid AttemptId { get; init; }

    public required Guid CampaignId { get; init; }

    public required Purpose Purpose { get; init; }

    public required CallKind Kind { get; init; }

    public required Guid AgentId { get; init; }

    public required Guid HoldId { get; init; }

    public required string Line { get; init; }

    public required byte[] PhoneHash { get; init; }

    public required byte[] PhoneCipher { get; init; }

    public required string PhoneLast4 { get; init; }

    public required string ZoneKey { get; init; }

    public required DateTimeOffset GatedAt { get; init; }

    public required DateTimeOffset WindowClosesAt { get; init; }

    public required string CallScript { get; init; }

    public required int ScriptVersion { get; init; }

    /// <summary>JSON: what the gate knew.</summary>
    public required string GateFacts { get; init; }

    public required AttemptState State { get; init; }

    public required CallState CallState { get; init; }

    public string? ProviderCallId { get; init; }

    public DateTimeOffset? RingingAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required int EmptyLists { get; init; }

    public required WrapUpState WrapUp { get; init; }

    /// <summary>The shop of the agent's room, which may be another shop of the same agent.</summary>
    public string? BridgeShopId { get; init; }

    /// <summary>The room the customer was called into; null on lines that have none.</summary>
    public Guid? BridgeId { get; init; }

    public byte[]? CallerCipher { get; init; }

    public bool Recorded { get; init; }

    /// <summary>What answering-machine detection thinks: a hint.</summary>
    public string? AnsweredBy { get; init; }

    public bool Abandoned { get; init; }

    /// <summary>The columns of this record.</summary>
    internal const string Columns = """
        shop_id, attempt_id, campaign_id, purpose, kind, agent_id, hold_id, line, phone_hash, phone_cipher, phone_last4, zone_key, gated_at, window_closes_at, gate_facts::text as gate_facts,
        call_script, script_version, state, call_state, provider_call_id, ringing_at, answered_at, ended_at, empty_lists, wrap_up, bridge_shop_id, bridge_id, caller_cipher, recorded, answered_by, abandoned
        """;

    public LineCall ToLineCall(PersonalDataVault vault) => new(ShopId, AttemptId, Number(vault), GatedAt, ProviderCallId)
    {
        Room = BridgeId is { } bridge ? Rooms.NameOf(bridge) : null,
        CallerId = CallerCipher is null ? null : vault.Decrypt(DataPlace.AttemptCaller(ShopId, AttemptId), CallerCipher),
        Recording = Recorded ? CallRecording.Always : CallRecording.Off,
    };

    public PhoneNumber Number(PersonalDataVault vault) =>
        PhoneNumber.FromCanonical(vault.Decrypt(DataPlace.AttemptPhone(ShopId, AttemptId), PhoneCipher));

    internal CallStanding Standing(bool changed = false) => new(ShopId, AttemptId, State, CallState, WrapUp, changed);

    /// <summary>Locks the attempt to the end of the transaction: every change of its state passes here.</summary>
    internal static Task<Attempt?> LockAsync(Session session, IEnumerable<ShopId> shops, Guid attemptId, CancellationToken ct) =>
        session.QuerySingleOrDefaultAsync<Attempt>(ById + "for update", Args(shops, attemptId), ct);

    internal static Task<Attempt?> FindAsync(Session session, IEnumerable<ShopId> shops, Guid attemptId, CancellationToken ct) =>
        session.QuerySingleOrDefaultAsync<Attempt>(ById, Args(shops, attemptId), ct);

    // The shops stand in the statement too: row-level security filters, but finds nothing in an index.
    private const string ById = $"""
        select {Columns}
        from attempts
        where shop_id = any(@shops) and attempt_id = @attemptId

        """;

    private static object Args(IEnumerable<ShopId> shops, Guid attemptId) => new { shops = shops.Select(shop => shop.Value).ToArray(), attemptId };
}
