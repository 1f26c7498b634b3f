using Callback.Auditing;
using Callback.Calls.Bridges;
using Callback.Database;
using Callback.Telephony;

namespace Callback.Calls.Running;

/// <summary>
/// Hands a call over to a supervisor, warm: the customer hears music while the agent explains; then either the customer is put through and the agent leaves, or the
/// supervisor does and the agent goes on. The attempt stays the agent's, whose result waits aside.
/// </summary>
public sealed class TransferTo(Db db, TimeProvider time, RoomActs acts, Guests guests)
{
    /// <summary>The customer on hold, the supervisor's phone called.</summary>
    /// <exception cref="InvalidInputException">
    /// <c>attempt-unknown</c>, <c>call-not-bridged</c>, <c>call-not-on</c>; <c>supervisor-unknown</c>: supervises no calls of this shop; <c>leg-missing</c>, <c>guest-busy</c>.
    /// </exception>
    public async Task<ActResult> StartAsync(Actor actor, Guid attemptId, Guid supervisor, CancellationToken ct)
    {
        var call = await acts.OwnAsync(actor, attemptId, ct);
        RoomActs.DemandAnswered(call);
        await DemandSupervisorAsync(call, supervisor, ct);
        var held = await acts.DoAsync(call, room => acts.Line.HoldAsync(room, call.CallId, true, CancellationToken.None), "set customer_held = true", ct);
        if (held is not ActResult.Done)
            return held;
        var invited = await guests.InviteAsync(Desk.Agent(actor), call, supervisor, GuestMode.Transfer, CancellationToken.None);
        return await acts.ResultAsync(call, invited, CancellationToken.None);
    }

    /// <summary>The customer is put through to the supervisor; the agent's phone leaves.</summary>
    /// <exception cref="InvalidInputException">As before; <c>transfer-not-answered</c>: the supervisor is not in the room.</exception>
    public async Task<ActResult> CompleteAsync(Actor actor, Guid attemptId, CancellationToken ct)
    {
        var call = await acts.OwnAsync(actor, attemptId, ct);
        RoomActs.DemandAnswered(call);
        if ((await acts.ShowAsync(call.Attempt.ShopId, attemptId, ct)).Transfer is not { State: GuestState.In } || call.Bridge.LegCallId is not { } leg)
            throw new InvalidInputException(Problem.Of("transfer-not-answered", "attemptId"));
        // In this order: were the agent to leave first, the room would end and the customer with it.
        var free = await acts.DoAsync(call, room => acts.Line.LetLeaveAsync(room, leg, CancellationToken.None), null, ct);
        if (free is not ActResult.Done)
            return free;
        var back = await acts.DoAsync(call, room => acts.Line.HoldAsync(room, call.CallId, false, CancellationToken.None), "set customer_held = false", CancellationToken.None);
        if (back is not ActResult.Done)
            return back;
        await WriteAsync(actor, call);
        return await acts.ResultAsync(call, await acts.Line.EndLegAsync(leg, CancellationToken.None), CancellationToken.None);
    }

    /// <summary>The supervisor leaves, the customer comes back to the agent.</summary>
    /// <exception cref="InvalidInputException">As for the start; <c>transfer-none</c>: nobody is being asked.</exception>
    public async Task<ActResult> WithdrawAsync(Actor actor, Guid attemptId, CancellationToken ct)
    {
        var call = await acts.OwnAsync(actor, attemptId, ct);
        if ((await acts.ShowAsync(call.Attempt.ShopId, attemptId, ct)).Transfer is not { } asked)
            throw new InvalidInputException(Problem.Of("transfer-none", "attemptId"));
        if (await guests.OpenAsync(call.Bridge, asked.UserId, ct) is { } guest)
            await guests.LeaveAsync(guest, "withdrawn");
        return await acts.DoAsync(call, room => acts.Line.HoldAsync(room, call.CallId, false, CancellationToken.None), "set customer_held = false", CancellationToken.None);
    }

    private async Task DemandSupervisorAsync(CallInRoom call, Guid supervisor, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(call.Attempt.ShopId, ct);
        if (supervisor == call.Attempt.AgentId || !await session.QuerySingleAsync<bool>(
            """
            select exists (
                select
                from memberships m
                join users u on u.user_id = m.user_id and u.disabled_at is null
                where m.shop_id = @ShopId and m.user_id = @supervisor and m.role = 'Manager')
            """,
            new { call.Attempt.ShopId, supervisor },
            ct))
            throw new InvalidInputException(Problem.Of("supervisor-unknown", "to"));
    }

    /// <summary>The agent is free for the next call; this one's result is asked for aside.</summary>
    private async Task WriteAsync(Actor actor, CallInRoom call)
    {
        var now = time.GetUtcNow();
        var ct = CancellationToken.None;
        await using var session = await db.BeginByKeyAsync(actor.Scope, ct);
        await session.ExecuteAsync(
            """
            update attempts
            set wrap_up = 'Later', wrap_up_at = @now
            where shop_id = @ShopId and attempt_id = @AttemptId and wrap_up = 'None'
            """,
            new { call.Attempt.ShopId, call.Attempt.AttemptId, now },
            ct);
        await BridgeMoves.GoneAsync(session, call.Bridge.ShopId, call.Bridge.BridgeId, "transferred", now, ct);
        await AuditTrail.AppendAsync(session, call.Attempt.ShopId, actor, now, "call.transferred", $"attempt:{call.Attempt.AttemptId}", new { }, ct);
        await session.CommitAsync();
    }
}
