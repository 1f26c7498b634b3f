using Callback.Telephony;
using Callback.Telephony.Twilio;
using Callback.Tests.Support;

namespace Callback.Tests.Telephony.Twilio;

/// <summary>A rate, its clock, and everybody who waits, on one thread: whoever is woken has run before the clock goes on.</summary>
internal sealed class RateStage : SynchronizationContext, IDisposable
{
    private readonly Queue<(SendOrPostCallback Do, object? State)> woken = new();
    private readonly SynchronizationContext? outer = Current;
    private readonly ManualTime clock = Samples.Clock();
    private readonly CallRate rate;

    public RateStage(int callsPerSecond)
    {
        rate = new CallRate(callsPerSecond, clock);
        SetSynchronizationContext(this);
    }

    public DateTimeOffset Now => clock.GetUtcNow();

    public override void Post(SendOrPostCallback d, object? state) => woken.Enqueue((d, state));

    public Task<bool> Ask(Deadline? deadline = null, CancellationToken ct = default) => rate.WaitAsync(deadline, ct);

    public Deadline NewDeadline() => Deadline.StartNow(clock);

    /// <summary>All at once, as after a pause of the process.</summary>
    public void Jump(TimeSpan by)
    {
        clock.Advance(by);
        Settle();
    }

    /// <summary>Millisecond by millisecond, in fives.</summary>
    public void Go(TimeSpan by)
    {
        for (var end = Now + by; Now < end;)
            Jump(TimeSpan.FromMilliseconds(Math.Min(5, (end - Now).TotalMilliseconds)));
    }

    public void Settle()
    {
        while (woken.TryDequeue(out var next))
            next.Do(next.State);
    }

    public void Dispose() => SetSynchronizationContext(outer);
}
