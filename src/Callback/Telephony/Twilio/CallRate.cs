namespace Callback.Telephony.Twilio;

/// <summary>
/// Lets as many calls a second through as the account may create, evenly and in the order they came. Nobody waits for a turn that would come too late.
/// Twilio would queue what is above the rate, and nobody could say how long; so the queue is on this side. It counts for this process only.
/// </summary>
public sealed class CallRate(int callsPerSecond, TimeProvider time)
{
    private readonly TimeSpan interval = TimeSpan.FromSeconds(1) / callsPerSecond;
    private readonly Lock gate = new();
    private Task last = Task.CompletedTask;
    private int waiting;
    private long? sentAt;

    /// <summary>Waits for the turn, but never past the deadline.</summary>
    /// <returns>False: the turn would come too late. Nothing may be sent, and no turn was used.</returns>
    public async Task<bool> WaitAsync(Deadline? deadline, CancellationToken ct)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (gate)
        {
            if (deadline is not null && UntilFree() + waiting * interval >= deadline.Left)
                return false;
            before = last;
            last = mine.Task;
            waiting++;
        }
        try
        {
            await before.WaitAsync(ct);
            return await TakeTurnAsync(deadline, ct);
        }
        finally
        {
            lock (gate)
                waiting--;
            _ = PassOnAsync(before, mine);
        }
    }

    private async Task<bool> TakeTurnAsync(Deadline? deadline, CancellationToken ct)
    {
        // Timers count whole milliseconds, and may fire early by the clock's grain.
        while (UntilFree() is var wait && wait > TimeSpan.Zero)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, ct);
        if (deadline is { Passed: true })
            return false;
        lock (gate)
            sentAt = time.GetTimestamp();
        return true;
    }

    private TimeSpan UntilFree()
    {
        lock (gate)
        {
            var wait = sentAt is { } at ? interval - time.GetElapsedTime(at) : TimeSpan.Zero;
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }

    /// <summary>Who gave up in the middle of the queue leaves at once, but the next one's turn comes only after those before.</summary>
    private static async Task PassOnAsync(Task before, TaskCompletionSource mine)
    {
        await before;
        mine.SetResult();
    }
}
