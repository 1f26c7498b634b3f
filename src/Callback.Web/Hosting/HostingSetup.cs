using Callback.Database.Clock;
using Callback.Web.Jobs;
using Microsoft.Extensions.Logging.Console;

namespace Callback.Web.Hosting;

/// <summary>What runs beside the requests: logs, heartbeat, jobs, telemetry, health.</summary>
internal static class HostingSetup
{
    /// <summary>Text for people; one JSON object a line in Production.</summary>
    public static void AddLogs(this ILoggingBuilder logging, bool production)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Warning);
        // What is unhandled is logged once, by ErrorHandling.
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        if (production)
            logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
        else
            logging.AddSimpleConsole(text => (text.SingleLine, text.TimestampFormat, text.ColorBehavior) = (true, "HH:mm:ss ", LoggerColorBehavior.Default));
    }

    public static IServiceCollection AddHosting(this IServiceCollection services, Ground ground)
    {
        services.AddSingleton<Readiness>();
        services.AddSingleton<HealthMeter>().AddHostedService<HealthService>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        if (ground.Time is OffsetTimeProvider)
            services.AddSingleton<ClockBeat>().AddHostedService<ClockService>();
        if (ground.Settings.Jobs.Enabled)
            services.AddJobs();
        if (ground.Settings.Telemetry.Endpoint is { } endpoint)
            services.AddSingleton<IHostedService>(new Telemetry(endpoint));
        return services;
    }
}
