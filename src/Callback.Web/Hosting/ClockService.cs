using Callback.Database.Clock;

namespace Callback.Web.Hosting;

/// <summary>This node's heartbeat: once a second, and once before it serves. What it saw of the database is kept every ten beats.</summary>
internal sealed partial class ClockService(ClockBeat beat, ClockHealth health, EpochWatch watch, ILogger<ClockService> logger) : BackgroundService
{
    private const int BeatsBetweenKeeping = 10;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private int beats;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await BeatAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await BeatAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    private async Task BeatAsync(CancellationToken ct)
    {
        var before = health.MayDial;
        try
        {
            await beat.RunOnceAsync(ct);
            if (beats++ % BeatsBetweenKeeping == 0)
                watch.Keep();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(logger, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever broke, the node's heart beats on. Npgsql says ObjectDisposed of a connection that the server closed between two commands, and a service that
            // breaks would end the whole node: a database that hands over its lead would take every node with it.
            LogMissed(logger, e.Message);
        }
        if (before != health.MayDial)
            LogChanged(logger, health.MayDial, health.Last.Difference, health.Last.RanBack);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "This node may dial: {MayDial}. Its clock is {Difference} off the database's, which ran back by {RanBack}")]
    private static partial void LogChanged(ILogger logger, bool mayDial, TimeSpan difference, TimeSpan ranBack);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What this node has seen of the database could not be kept in its data folder: {Reason}")]
    private static partial void LogNotKept(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clocks could not be compared: {Reason}")]
    private static partial void LogMissed(ILogger logger, string reason);
}
