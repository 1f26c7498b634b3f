namespace Callback.Telephony;

/// <summary>
/// The agent dials on any phone. Placing a call is to be allowed to show the number: the attempt is recorded as placed first, and only then is the number shown.
/// So an attempt that is not recorded as placed has certainly not rung, which no other line can say.
/// </summary>
public sealed class ManualLine : ILine
{
    public string Name => "manual";

    public LineCapabilities Capabilities { get; } = new(ShowsNumber: true, AgentReportsStates: true, CanHangUp: false);

    public Task<LineAnswer> PlaceAsync(LineCall call, Deadline deadline, CancellationToken ct) =>
        Task.FromResult<LineAnswer>(deadline.Passed ? new LineAnswer.Refused("deadline") : new LineAnswer.Accepted(IdOf(call.AttemptId)));

    public Task<LineEvent?> HangUpAsync(LineCall call, CancellationToken ct) => Task.FromResult<LineEvent?>(null);

    public Task<FoundCall> FindAsync(LineCall call, CancellationToken ct) =>
        Task.FromResult<FoundCall>(new FoundCall.NeverPlaced("number-not-shown"));

    public Task<IReadOnlyList<LineEvent>> PollAsync(LineCall call, CancellationToken ct) => Task.FromResult<IReadOnlyList<LineEvent>>([]);

    internal static string IdOf(Guid attemptId) => $"manual-{attemptId:N}";
}
