using System.Collections.Concurrent;
using Callback.Telephony;

namespace Callback.Tests.Calls;

/// <summary>A line that answers as the test says and keeps its own log of rings: the truth that everything else is measured by.</summary>
internal sealed class ScriptedLine(string name = "manual", bool showsNumber = false) : ILine
{
    private readonly ConcurrentQueue<Guid> rings = new();

    public string Name => name;

    public LineCapabilities Capabilities { get; } = new(showsNumber, AgentReportsStates: false, CanHangUp: true);

    /// <summary>What PlaceAsync does; by default it rings and says so.</summary>
    public Func<LineCall, Deadline, Task<LineAnswer>>? Place { get; set; }

    public Func<LineCall, FoundCall> Find { get; set; } = _ => new FoundCall.NotListed();

    public Func<LineCall, IReadOnlyList<LineEvent>> Poll { get; set; } = _ => [];

    /// <summary>Told after a ring.</summary>
    public Action? Rung { get; set; }

    public IReadOnlyCollection<Guid> Rings => rings;

    public void Ring(LineCall call) => rings.Enqueue(call.AttemptId);

    public static string IdOf(LineCall call) => $"call-{call.AttemptId:N}";

    public async Task<LineAnswer> PlaceAsync(LineCall call, Deadline deadline, CancellationToken ct)
    {
        if (Place is { } place)
            return await place(call, deadline);
        if (deadline.Passed)
            return new LineAnswer.Refused("deadline");
        Ring(call);
        return new LineAnswer.Accepted(IdOf(call));
    }

    public Task<LineEvent?> HangUpAsync(LineCall call, CancellationToken ct) => Task.FromResult<LineEvent?>(null);

    public Task<FoundCall> FindAsync(LineCall call, CancellationToken ct) => Task.FromResult(Find(call));

    public Task<IReadOnlyList<LineEvent>> PollAsync(LineCall call, CancellationToken ct) => Task.FromResult(Poll(call));

    public LineEvent Event(DeskScene scene, Guid attempt, CallState state, int sequence, DateTimeOffset at) =>
        new(scene.Shop, Name, $"call-{attempt:N}", sequence, state, at, attempt);
}
