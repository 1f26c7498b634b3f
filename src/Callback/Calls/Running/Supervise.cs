using Callback.Auditing;
using Callback.Calls.Bridges;
using Callback.Database;
using Callback.Telephony;

namespace Callback.Calls.Running;

/// <param name="Mode">Listen, Whisper or Join; null: leave.</param>
public sealed record SuperviseInput(ShopId Shop, Guid AttemptId, GuestMode? Mode);

/// <summary>A manager's own phone is called into an agent's running call, or changes there from listening to whispering or joining. Audited every time.</summary>
public sealed class Supervise(Db db, TimeProvider time, RoomActs acts, Guests guests)
{
    /// <exception cref="InvalidInputException">
    /// <c>attempt-unknown</c>, <c>call-not-bridged</c>; <c>call-not-on</c>: the call is over; <c>leg-missing</c>: the manager has no phone; <c>guest-busy</c>: it is being
    /// called; <c>mode-invalid</c>.
    /// </exception>
    public async Task<ActResult> RunAsync(Actor actor, SuperviseInput input, CancellationToken ct)
    {
        actor.Demand(Permission.SuperviseCalls, input.Shop);
        if (input.Mode == GuestMode.Transfer)
            throw new InvalidInputException(Problem.Of("mode-invalid", "mode"));
        var manager = Desk.Agent(actor);
        var call = await acts.OfShopAsync(input.Shop, input.AttemptId, ct);
        var guest = await guests.OpenAsync(call.Bridge, manager, ct);
        if (input.Mode is not { } mode)
            return await acts.ResultAsync(call, guest is null ? new ActAnswer.Done() : await guests.LeaveAsync(guest, "left"), CancellationToken.None);
        if (!call.IsOn || call.Bridge.State != BridgeState.Ready)
            throw new InvalidInputException(Problem.Of("call-not-on", "attemptId"));
        await AuditAsync(actor, input, mode, ct);
        return guest is null
            ? await acts.ResultAsync(call, await guests.InviteAsync(manager, call, manager, mode, ct), CancellationToken.None)
            : await ChangeAsync(call, guest, mode, ct);
    }

    private async Task<ActResult> ChangeAsync(CallInRoom call, Guest guest, GuestMode mode, CancellationToken ct)
    {
        if (guest is not { State: GuestState.In, CallId: { } callId })
            throw new InvalidInputException(Problem.Of("guest-busy"));
        var result = await acts.DoAsync(call, room => acts.Line.ChangeGuestAsync(room, callId, mode, call.Bridge.LegCallId, CancellationToken.None), null, ct);
        if (result is not ActResult.Done)
            return result;
        await guests.SetModeAsync(guest, mode);
        return new ActResult.Done(await acts.ShowAsync(call.Attempt.ShopId, call.Attempt.AttemptId, CancellationToken.None));
    }

    /// <summary>Before the phone is called: who wanted to listen stands in the audit even where the line then fails.</summary>
    private async Task AuditAsync(Actor actor, SuperviseInput input, GuestMode mode, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(input.Shop, ct);
        await AuditTrail.AppendAsync(session, input.Shop, actor, time.GetUtcNow(), "call.supervised", $"attempt:{input.AttemptId}", new { mode = mode.ToString() }, ct);
        await session.CommitAsync();
    }
}
