namespace Callback.Web.Hosting;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it may be sent requests; 503 with the reason when not.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => "alive").AllowAnonymous();
        app.MapGet("/readyz", async (Readiness readiness, CancellationToken ct) =>
        {
            var report = await readiness.CheckAsync(ct);
            return Results.Json(report, statusCode: report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).AllowAnonymous();
    }
}
