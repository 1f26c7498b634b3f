namespace Callback.Telephony;

/// <summary>What the practice line is made of.</summary>
public sealed record PracticeOptions
{
    /// <summary>Gives every installation its own customers; the same seed and attempt always behave the same. Default 1.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>Who knows which customer an attempt is to meet. Where nobody does, the customer is drawn from the installation's seed and the attempt.</summary>
public interface IPracticeCast
{
    /// <returns>What the customer's phone does; null: to be drawn. The same for a call every time it is asked.</returns>
    ValueTask<IReadOnlyList<PracticeStep>?> StepsAsync(LineCall call, CancellationToken ct);
}

/// <summary>Every customer is drawn.</summary>
internal sealed class DrawnCast : IPracticeCast
{
    public ValueTask<IReadOnlyList<PracticeStep>?> StepsAsync(LineCall call, CancellationToken ct) => default;
}

/// <summary>Simulated customers, for training, demonstrations and tests. Nothing rings anywhere; the line has no memory of its own, only arithmetic.</summary>
public sealed class PracticeLine(PracticeOptions options, TimeProvider time, IPracticeCast cast) : ILine
{
    public string Name => "practice";

    public LineCapabilities Capabilities { get; } = new(ShowsNumber: false, AgentReportsStates: false, CanHangUp: true);

    public Task<LineAnswer> PlaceAsync(LineCall call, Deadline deadline, CancellationToken ct) =>
        Task.FromResult<LineAnswer>(deadline.Passed ? new LineAnswer.Refused("deadline") : new LineAnswer.Accepted(IdOf(call.AttemptId)));

    public async Task<LineEvent?> HangUpAsync(LineCall call, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var known = await ToldAsync(call, now, ct);
        var end = known.FirstOrDefault(heard => heard.State.IsOver());
        var answered = known.Any(heard => heard.State == CallState.Answered);
        return end ?? Event(call, PracticeCustomer.EndSequence, answered ? CallState.Completed : CallState.Canceled, now);
    }

    public Task<FoundCall> FindAsync(LineCall call, CancellationToken ct) => Task.FromResult<FoundCall>(new FoundCall.NotListed());

    public Task<IReadOnlyList<LineEvent>> PollAsync(LineCall call, CancellationToken ct) => ToldAsync(call, time.GetUtcNow(), ct);

    private async Task<IReadOnlyList<LineEvent>> ToldAsync(LineCall call, DateTimeOffset now, CancellationToken ct) =>
    [
        .. (await cast.StepsAsync(call, ct) ?? PracticeCustomer.Of(options.Seed, call.AttemptId).Steps)
            .Where(step => step.After <= now - call.At)
            .Select(step => Event(call, step.Sequence, step.State, call.At + step.After)),
    ];

    private LineEvent Event(LineCall call, int sequence, CallState state, DateTimeOffset at) =>
        new(call.Shop, Name, IdOf(call.AttemptId), sequence, state, at, call.AttemptId);

    private static string IdOf(Guid attemptId) => $"practice-{attemptId:N}";
}
