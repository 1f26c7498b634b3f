namespace Callback.Web.SignIn;

/// <summary>Hashing a password takes a processor for a tenth of a second: at most one a processor at a time and a short queue, so that a flood of sign-ins does not stop the calls.</summary>
internal sealed class HashingQueue : IDisposable
{
    private const int MostWaiting = 64;

    private readonly SemaphoreSlim slots = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int waiting;

    /// <returns>False when the queue is full and nothing was done.</returns>
    public async Task<bool> RunAsync(Func<Task> work, CancellationToken ct)
    {
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return false;
        }
        try
        {
            await slots.WaitAsync(ct);
            try
            {
                await work();
                return true;
            }
            finally
            {
                slots.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    public void Dispose() => slots.Dispose();
}
