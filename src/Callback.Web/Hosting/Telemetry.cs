using Callback.Web.Jobs;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Callback.Web.Hosting;

/// <summary>Sends traces and metrics to the configured endpoint for as long as the program runs.</summary>
internal sealed class Telemetry(Uri endpoint) : IHostedService, IDisposable
{
    private TracerProvider? traces;
    private MeterProvider? metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var resource = ResourceBuilder.CreateDefault().AddService("callback", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString());
        traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", "Npgsql", PassJob.Activities.Name)
            .AddOtlpExporter(otlp => otlp.Endpoint = endpoint)
            .Build();
        metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql", HealthMeter.Name)
            .AddOtlpExporter(otlp => otlp.Endpoint = endpoint)
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
    }
}
