using Callback.Calls.Running;
using Callback.Database;
using Callback.Telephony;

namespace Callback.Calls.Bridges;

/// <summary>Takes in what is heard of agents' phones and guests, from events and from asking alike: any order and repetition ends the same.</summary>
public sealed class LegNews(Db db, Telephony.Lines lines, CloseBridge close)
{
    /// <param name="shop">The room's shop.</param>
    /// <param name="bridgeId">The room.</param>
    /// <param name="callId">Which leg it is about; the first one that is heard of is the room's.</param>
    /// <param name="state">How the leg stands.</param>
    /// <param name="now">The present.</param>
    /// <param name="ct">Cancels what is not committed.</param>
    /// <returns>False: no room of ours has this leg.</returns>
    public async Task<bool> OfAgentAsync(ShopId shop, Guid bridgeId, string callId, CallState state, DateTimeOffset now, CancellationToken ct)
    {
        Bridge? bridge;
        await using (var session = await db.BeginByKeyAsync(shop, ct))
        {
            if (!await BridgeMoves.LegAsync(session, shop, bridgeId, callId, ct))
                return false;
            if (state == CallState.Answered)
                await BridgeMoves.ReadyAsync(session, shop, bridgeId, now, ct);
            bridge = await Bridge.FindAsync(session, shop.Value, bridgeId, ct);
            await session.CommitAsync();
        }
        if (state.IsOver() && bridge!.State != BridgeState.Gone)
            await close.EndAsync(bridge, ReasonOf(state), ct, legIsOver: true);
        else if (!state.IsOver() && bridge!.State == BridgeState.Gone && lines.Bridge is { } line)
            // Closed while its answer was on the way: nobody waits for this phone any more.
            await line.EndLegAsync(callId, ct);
        return true;
    }

    /// <param name="callId">Null: its id never became known.</param>
    /// <inheritdoc cref="OfAgentAsync"/>
    public async Task<bool> OfGuestAsync(ShopId shop, Guid guestId, string? callId, CallState state, DateTimeOffset now, CancellationToken ct)
    {
        Guest? guest;
        await using (var session = await db.BeginByKeyAsync(shop, ct))
        {
            guest = await Guest.FindAsync(session, shop, guestId, ct);
            if (guest is null || (guest.CallId ?? callId) != callId)
                return false;
            if (callId is not null)
                await Guests.CalledAsync(session, guest, callId);
            if (state == CallState.Answered)
                await Guests.InAsync(session, shop, guestId, ct);
            if (state.IsOver())
                await Guests.GoneAsync(session, shop, guestId, ReasonOf(state), now, ct);
            await session.CommitAsync();
        }
        if (!state.IsOver() && guest.State == GuestState.Gone && callId is not null && lines.Bridge is { } line)
            await line.EndLegAsync(callId, ct);
        return true;
    }

    /// <summary>The line's id of a room.</summary>
    /// <returns>False: it is no room of ours.</returns>
    public async Task<bool> OfRoomAsync(ShopId shop, Guid bridgeId, string conferenceId, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(shop, ct);
        await BridgeMoves.RoomAsync(session, shop, bridgeId, conferenceId, ct);
        var known = await Bridge.FindAsync(session, shop.Value, bridgeId, ct) is not null;
        await session.CommitAsync();
        return known;
    }

    /// <summary>A phone's end as a code.</summary>
    internal static string ReasonOf(CallState state) => state switch
    {
        CallState.Busy => "busy",
        CallState.NoAnswer => "no-answer",
        CallState.Declined => "declined",
        CallState.Canceled => "canceled",
        CallState.Failed => "failed",
        _ => "ended",
    };
}
