using Callback.Calls;

namespace Callback.Web.Api;

/// <summary>Takes the next call, and waits for one where there is none: woken when a call comes free, at the latest when the window opens or the time is over.</summary>
public sealed class NextCall(HoldNextCall hold, QueueSignal signal, TimeProvider time)
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(50);

    /// <param name="actor">The agent.</param>
    /// <param name="input">The campaigns.</param>
    /// <param name="wait">How long to wait; zero: answer at once.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<HoldResult> RunAsync(Actor actor, HoldNextCallInput input, TimeSpan wait, CancellationToken ct)
    {
        var until = time.GetUtcNow() + (wait < LongestWait ? wait : LongestWait);
        while (true)
        {
            using var waiter = signal.Listen(actor.ShopsWhere(Permission.TakeCalls));
            var result = await hold.RunAsync(actor, input, ct);
            if (result is not HoldResult.NothingWaiting nothing)
                return result;
            var end = nothing.OpensAt is { } opens && opens < until ? opens : until;
            if (!await waiter.WaitAsync(end - time.GetUtcNow(), ct) && time.GetUtcNow() >= until)
                return result;
        }
    }
}
