using Callback.Calls.Bridges;
using Callback.Calls.LineUse;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;
using Callback.Windows;

namespace Callback.Calls;

/// <summary>What a line with rooms needs besides the number, taken in the gate's own transaction. On other lines there is nothing of it.</summary>
internal sealed record BridgedDial(Bridge? Bridge, string? CallerId, TimeSpan RingTime, CallRecording Recording, bool DetectMachine, string Language)
{
    /// <returns>The room claimed for this attempt, or why nothing may be dialed: nothing is spent then, and the card is kept.</returns>
    public static async Task<(BridgedDial? Dial, string? Refusal)> TakeAsync(Session session, Dialer who, PersonalDataVault vault, CancellationToken ct)
    {
        if (who.Line is not { } line)
            return (null, "LineMissing");
        if (!line.Capabilities.NeedsAgentLeg)
            return (new(null, null, who.Policy.RingTime, CallRecording.Off, false, who.Language), null);
        var settings = await LineSettings.ReadAsync(session, who.Shop, line.Name, ct);
        if (settings.CallerId(vault) is not { } caller)
            return (null, "CallerIdMissing");
        if (await BridgeMoves.ClaimAsync(session, who.Shops, who.Agent, who.Shop, who.AttemptId, ct) is not { } bridge)
            return (null, "AgentLegNotReady");
        // Somebody else's customer in the same room would hear this one.
        if (await BridgeMoves.OccupiedAsync(session, bridge, ct))
            return (null, "RoomOccupied");
        return (new(bridge, caller, who.Policy.RingTime, RecordingPolicy.InForce(settings.Recording, who.Policy.Recording), settings.MachineDetection, who.Language), null);
    }

    public LineCall ToLineCall(ShopId shop, Guid attemptId, PhoneNumber number, DateTimeOffset at) => new(shop, attemptId, number, at, CallId: null)
    {
        Room = Bridge?.Room,
        CallerId = CallerId,
        RingTime = RingTime,
        Recording = Recording,
        DetectMachine = DetectMachine,
        Language = Language,
    };
}

/// <summary>Who wants to dial what, where.</summary>
/// <param name="Shops">All shops of the agent: the room may stand in another one.</param>
internal sealed record Dialer(ILine? Line, ShopId Shop, Guid AttemptId, Guid Agent, IReadOnlyList<ShopId> Shops, EffectivePolicy Policy, string Language);
