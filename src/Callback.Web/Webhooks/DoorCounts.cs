using System.Collections.Concurrent;
using Callback.Calls.Inbox;
using Callback.Telephony.Twilio;

namespace Callback.Web.Webhooks;

/// <summary>Counts what is refused at the door, in memory, and writes the sums down now and then: a flood of forged requests never reaches the database.</summary>
internal sealed partial class DoorCounts(KeepInbox keep, TimeProvider time, ILogger<DoorCounts> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly TimeProvider time = time;
    private readonly ConcurrentDictionary<string, long> refused = new();

    /// <param name="reason">address, signature, account, size or form.</param>
    public void Refused(string reason) => refused.AddOrUpdate(reason, 1, (_, times) => times + 1);

    /// <summary>Writes down what was counted since the last time.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        var sums = refused.Keys.Select(reason => (Reason: reason, Times: refused.TryRemove(reason, out var times) ? times : 0)).Where(sum => sum.Times > 0).ToList();
        if (sums.Count == 0)
            return;
        RefusedRequests(sums.Sum(sum => sum.Times), string.Join(", ", sums.Select(sum => $"{sum.Reason} {sum.Times}")));
        try
        {
            await keep.RefusedAsync(TwilioLine.LineName, sums.ToDictionary(sum => sum.Reason, sum => sum.Times), time.GetUtcNow(), ct);
        }
        catch
        {
            foreach (var (reason, times) in sums)
                refused.AddOrUpdate(reason, times, (_, since) => since + times);
            throw;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                try
                {
                    await FlushAsync(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    NotWritten(e);
                }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was counted in the last seconds is in the log only.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} requests to the line's webhooks were refused: {Reasons}.")]
    private partial void RefusedRequests(long count, string reasons);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The count of refused webhooks could not be written down; it is tried again.")]
    private partial void NotWritten(Exception e);
}
