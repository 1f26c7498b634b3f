using Callback.Calls.Bridges;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;

namespace Callback.Calls.Running;

/// <summary>A call on a line with rooms, with its room. The room may stand in another shop of the same agent.</summary>
internal sealed record CallInRoom(Attempt Attempt, Bridge Bridge)
{
    public string CallId => Attempt.ProviderCallId!;

    public bool IsOn => Attempt is { State: AttemptState.Placed, ProviderCallId: not null } && !Attempt.CallState.IsOver();

    public bool IsAnswered => IsOn && Attempt.CallState == CallState.Answered;
}

/// <summary>What every act on a running call needs: finds the call and its room, asks the line once, writes down what was done.</summary>
public sealed class RoomActs(Db db, Telephony.Lines lines, PersonalDataVault vault)
{
    internal IBridgeLine Line => lines.Bridge ?? throw new InvalidInputException(Problem.Of("line-missing"));

    internal LineCall LineCallOf(CallInRoom call) => call.Attempt.ToLineCall(vault);

    /// <exception cref="InvalidInputException"><c>attempt-unknown</c>; <c>call-not-bridged</c>: not on a line with rooms.</exception>
    internal async Task<CallInRoom> OwnAsync(Actor actor, Guid attemptId, CancellationToken ct) => await RoomOfAsync(await OwnAttempt.FindAsync(db, actor, attemptId, ct), ct);

    /// <summary>Any agent's call of the shop.</summary>
    internal async Task<CallInRoom> OfShopAsync(ShopId shop, Guid attemptId, CancellationToken ct)
    {
        Attempt? attempt;
        await using (var session = await db.BeginByKeyAsync(shop, ct))
            attempt = await Attempt.FindAsync(session, [shop], attemptId, ct);
        return await RoomOfAsync(attempt ?? throw OwnAttempt.Unknown(attemptId), ct);
    }

    /// <exception cref="InvalidInputException"><c>call-not-on</c>: nobody is at the other end (any more).</exception>
    internal static void DemandAnswered(CallInRoom call)
    {
        if (!call.IsAnswered)
            throw new InvalidInputException(Problem.Of("call-not-on", "attemptId"));
    }

    /// <summary>The line's own id of the room; found and kept where no event has told it yet.</summary>
    internal async Task<string?> RoomIdAsync(Bridge bridge, CancellationToken ct)
    {
        if (bridge.ConferenceId is not null)
            return bridge.ConferenceId;
        if (await Line.FindRoomAsync(bridge.Room, ct) is not { } found)
            return null;
        await using var session = await db.BeginByKeyAsync(bridge.ShopId, ct);
        await BridgeMoves.RoomAsync(session, bridge.ShopId, bridge.BridgeId, found, ct);
        await session.CommitAsync();
        return found;
    }

    /// <summary>Asks, and writes the done thing down.</summary>
    /// <param name="call">The call.</param>
    /// <param name="ask">Gets the line's id of the room.</param>
    /// <param name="set">What to change of the room's row, as in <c>set customer_held = true</c>; null: nothing.</param>
    /// <param name="ct">Only until the line is asked.</param>
    internal async Task<ActResult> DoAsync(CallInRoom call, Func<string, Task<ActAnswer>> ask, string? set, CancellationToken ct)
    {
        if (await RoomIdAsync(call.Bridge, ct) is not { } room)
            return await ResultAsync(call, new ActAnswer.Refused("room-not-found"), CancellationToken.None);
        var answer = await ask(room);
        if (answer is ActAnswer.Done && set is not null)
            await SetAsync(call.Bridge, set);
        return await ResultAsync(call, answer, CancellationToken.None);
    }

    internal async Task<ActResult> ResultAsync(CallInRoom call, ActAnswer answer, CancellationToken ct)
    {
        var now = await ShowAsync(call.Attempt.ShopId, call.Attempt.AttemptId, ct);
        return answer switch
        {
            ActAnswer.Done => new ActResult.Done(now),
            ActAnswer.Refused refused => new ActResult.NotDone(refused.Code, now),
            _ => new ActResult.NotDone("line-silent", now),
        };
    }

    internal async Task<RunningCall> ShowAsync(ShopId shop, Guid attemptId, CancellationToken ct)
    {
        var call = await OfShopAsync(shop, attemptId, ct);
        await using var session = await db.BeginByKeyAsync(call.Bridge.ShopId, ct);
        return await RunningCall.ReadAsync(session, call.Attempt, call.Bridge, ct);
    }

    private async Task<CallInRoom> RoomOfAsync(Attempt attempt, CancellationToken ct)
    {
        if (attempt is not { BridgeShopId: { } shop, BridgeId: { } bridgeId })
            throw new InvalidInputException(Problem.Of("call-not-bridged", "attemptId"));
        await using var session = await db.BeginByKeyAsync(new ShopId(shop), ct);
        return new(attempt, (await Bridge.FindAsync(session, shop, bridgeId, ct))!);
    }

    private async Task SetAsync(Bridge bridge, string set)
    {
        await using var session = await db.BeginByKeyAsync(bridge.ShopId, CancellationToken.None);
        await session.ExecuteAsync(
            $"""
            update bridges
            {set}
            where shop_id = @ShopId and bridge_id = @BridgeId
            """,
            new { bridge.ShopId, bridge.BridgeId },
            CancellationToken.None);
        await session.CommitAsync();
    }
}
