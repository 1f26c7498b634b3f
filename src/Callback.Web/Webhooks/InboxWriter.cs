using System.Threading.Channels;
using Callback.Calls.Inbox;
using Callback.Telephony;

namespace Callback.Web.Webhooks;

/// <summary>
/// Stores what comes through the door: one writer, one connection, as many rows a commit as have gathered. However much comes, the desk loses one connection to it,
/// and what does not fit into the queue is answered "later", which the provider tries again.
/// </summary>
internal sealed partial class InboxWriter(KeepInbox keep, InboxWorker worker, TimeProvider time, ILogger<InboxWriter> log) : BackgroundService
{
    private const int MostWaiting = 2000;

    private const int MostAtOnce = 500;

    /// <summary>The provider waits 15 seconds; by then it should have its "later".</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly TimeProvider time = time;
    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private sealed record Waiting(InboxEntry Entry, TaskCompletionSource<bool> Kept);

    /// <returns>True: committed, now or before. False: not (certainly) stored; it has to be told again.</returns>
    public async Task<bool> KeepAsync(InboxEntry entry, CancellationToken ct)
    {
        var waiting = new Waiting(entry, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!queue.Writer.TryWrite(waiting))
            return false;
        try
        {
            return await waiting.Kept.Task.WaitAsync(Longest, time, ct);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>();
        try
        {
            while (await queue.Reader.WaitToReadAsync(stoppingToken))
            {
                while (batch.Count < MostAtOnce && queue.Reader.TryRead(out var waiting))
                    batch.Add(waiting);
                await WriteAsync(batch);
                batch.Clear();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Whoever still waits is told "later" by the time-out or the closing connection.
        }
    }

    private async Task WriteAsync(List<Waiting> batch)
    {
        var kept = false;
        try
        {
            var isNew = await keep.RunAsync([.. batch.Select(waiting => waiting.Entry)], CancellationToken.None) > 0;
            kept = true;
            if (isNew)
                worker.Wake();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            NotKept(e, batch.Count);
        }
        foreach (var waiting in batch)
            waiting.Kept.TrySetResult(kept);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} events of the line could not be stored; the line is asked to tell them again.")]
    private partial void NotKept(Exception e, int count);
}
