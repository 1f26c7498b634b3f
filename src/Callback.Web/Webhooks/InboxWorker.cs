using System.Threading.Channels;
using Callback.Calls.Inbox;

namespace Callback.Web.Webhooks;

/// <summary>Works on the inbox as soon as this node stored something in it. The pass of the same name does it every few seconds anyway, on whatever node.</summary>
internal sealed partial class InboxWorker(ProcessLineInbox process, TimeProvider time, ILogger<InboxWorker> log) : BackgroundService
{
    private readonly TimeProvider time = time;

    // One wish is as good as many: it is taken before the inbox is read.
    private readonly Channel<bool> wishes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wake() => wishes.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var _ in wishes.Reader.ReadAllAsync(stoppingToken))
                try
                {
                    while ((await process.WorkAsync(time.GetUtcNow(), stoppingToken)).WasFull)
                        ;
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    Failed(e);
                }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The rows stay; the pass takes them up.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The line's inbox could not be worked on; it is tried again within seconds.")]
    private partial void Failed(Exception e);
}
