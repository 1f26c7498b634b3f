using Npgsql;

namespace Callback.Web.Api;

/// <summary>
/// Wakes agents who wait when a call becomes available anywhere in the cluster (LISTEN on 'queue'), so that nobody polls the database. A hint and no more:
/// where it is lost, the waiter comes back by itself after its time.
/// </summary>
public sealed partial class QueueSignal(NpgsqlDataSource source, TimeProvider time, ILogger<QueueSignal> log) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private readonly TimeProvider time = time;
    private readonly Lock gate = new();
    private readonly HashSet<Waiter> waiters = [];

    /// <summary>Listens from this moment on: call it before looking into the queue, so that nothing falls between the look and the wait.</summary>
    public Waiter Listen(IEnumerable<ShopId> shops)
    {
        var waiter = new Waiter(this, [.. shops.Select(shop => shop.Value)]);
        lock (gate)
            waiters.Add(waiter);
        return waiter;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException)
            {
                Deaf(e.Message);
                await Task.Delay(Again, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        connection.Notification += (_, notification) => Wake(notification.Payload);
        await using (var listen = new NpgsqlCommand("listen queue", connection))
            await listen.ExecuteNonQueryAsync(ct);
        Wake(shop: null);
        while (true)
            await connection.WaitAsync(ct);
    }

    /// <param name="shop">Null: what was told while nobody listened is not known, so everybody looks again.</param>
    private void Wake(string? shop)
    {
        lock (gate)
            foreach (var waiter in waiters.Where(waiter => shop is null || waiter.Shops.Contains(shop)))
                waiter.Woken.TrySetResult();
    }

    private void Leave(Waiter waiter)
    {
        lock (gate)
            waiters.Remove(waiter);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue's signals are not heard ({Reason}); waiting agents look again by themselves.")]
    private partial void Deaf(string reason);

    /// <summary>One who waits.</summary>
    public sealed class Waiter : IDisposable
    {
        private readonly QueueSignal signal;

        internal Waiter(QueueSignal signal, HashSet<string> shops) => (this.signal, Shops) = (signal, shops);

        internal HashSet<string> Shops { get; }

        internal TaskCompletionSource Woken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <returns>True: something came; false: the time is over.</returns>
        public async Task<bool> WaitAsync(TimeSpan most, CancellationToken ct)
        {
            if (most <= TimeSpan.Zero)
                return Woken.Task.IsCompleted;
            await Woken.Task.WaitAsync(most, signal.time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
            return Woken.Task.IsCompleted;
        }

        public void Dispose() => signal.Leave(this);
    }
}
