using Callback.Calls.Bridges;
using Callback.Database;
using Callback.Telephony;

namespace Callback.Calls.Running;

/// <summary>Whether the call is being recorded at this moment.</summary>
public enum RecordingNow
{
    Off,
    On,
    Paused,
}

/// <summary>Where a guest is.</summary>
public enum GuestState
{
    Calling,
    In,
    Gone,
}

/// <summary>Somebody else in the room, or on the way into it.</summary>
public sealed record RoomGuest(Guid GuestId, Guid UserId, string Name, GuestMode Mode, GuestState State);

/// <summary>A call in a room, as the desk's buttons show it.</summary>
/// <param name="AnsweredBy">What answering-machine detection thinks (human, machine_start, fax, unknown …); null: not asked or not known yet. A hint.</param>
/// <param name="Guests">Those who listen, whisper, join or are to take over; without those who left.</param>
/// <param name="Abandoned">Somebody answered and the agent's phone was gone.</param>
public sealed record RunningCall(
    ShopId Shop, Guid AttemptId, AttemptState State, CallState CallState, bool OnHold, bool Muted, RecordingNow Recording, string? AnsweredBy, bool Abandoned,
    IReadOnlyList<RoomGuest> Guests)
{
    /// <summary>The supervisor to whom the call is being handed over, if any.</summary>
    public RoomGuest? Transfer => Guests.FirstOrDefault(guest => guest.Mode == GuestMode.Transfer);

    /// <summary>Hold, mute, digits and transfer have somebody to work on.</summary>
    public bool Talking => State == AttemptState.Placed && CallState == CallState.Answered;

    internal static async Task<RunningCall> ReadAsync(Session session, Attempt attempt, Bridge bridge, CancellationToken ct)
    {
        var running = attempt.State is AttemptState.Dialing or AttemptState.Unknown or AttemptState.Placed;
        var recording = (attempt.Recorded && running, bridge.RecordingPaused) switch
        {
            (false, _) => RecordingNow.Off,
            (_, true) => RecordingNow.Paused,
            _ => RecordingNow.On,
        };
        return new(
            attempt.ShopId, attempt.AttemptId, attempt.State, attempt.CallState, bridge.CustomerHeld && running, bridge.AgentMuted && running, recording,
            attempt.AnsweredBy, attempt.Abandoned, await GuestsAsync(session, bridge, attempt.AttemptId, ct));
    }

    private static Task<IReadOnlyList<RoomGuest>> GuestsAsync(Session session, Bridge bridge, Guid attemptId, CancellationToken ct) => session.QueryAsync<RoomGuest>(
        """
        select g.guest_id, g.user_id, u.display_name as name, g.mode, g.state
        from bridge_guests g
        join users u on u.user_id = g.user_id
        where g.shop_id = @ShopId and g.bridge_id = @BridgeId and g.attempt_id = @attemptId and g.state <> 'Gone'
        order by g.invited_at, g.guest_id
        """,
        new { bridge.ShopId, bridge.BridgeId, attemptId },
        ct);
}

/// <summary>What an act on a running call came to.</summary>
public abstract record ActResult
{
    public sealed record Done(RunningCall Call) : ActResult;

    /// <param name="Code">Which sentence tells it (<c>problem.{Code}</c>): line-silent, where nobody knows whether it was done; else why it was not.</param>
    /// <param name="Call">How the call stands.</param>
    public sealed record NotDone(string Code, RunningCall Call) : ActResult;
}
