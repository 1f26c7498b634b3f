namespace Callback.Web.Settings;

/// <summary>Traces and metrics by OpenTelemetry.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>The OTLP endpoint (gRPC), such as http://127.0.0.1:4317. Without it nothing is sent.</summary>
    public Uri? Endpoint { get; set; }
}
