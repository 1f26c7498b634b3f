using Callback.Health;
using Npgsql;

namespace Callback.Web.Hosting;

/// <summary>Four times a minute: writes this node's row and measures, for the gauges. The screen measures for itself.</summary>
internal sealed partial class HealthService(GetHealth get, ThisNode node, HealthMeter meter, ILogger<HealthService> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await node.LeaveAsync(cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            // The database may be gone first; the row is then seen as silent.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, TimeProvider.System);
        try
        {
            do
                await RunOnceAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    internal async Task RunOnceAsync(CancellationToken ct)
    {
        try
        {
            await node.SignAsync(ct);
            meter.Tell(await get.RunAsync(Actor.System("health"), ct));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Most often the database is away; whatever it is, the node goes on without figures.
            meter.Tell(null);
            LogMissed(logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The figures of health could not be measured")]
    private static partial void LogMissed(ILogger logger, Exception e);
}
