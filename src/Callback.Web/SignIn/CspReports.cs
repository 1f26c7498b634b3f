using System.Collections.Concurrent;

namespace Callback.Web.SignIn;

/// <summary>What browsers refused to run on our pages: each report is a fault of ours or an attack. The last hundred are kept, for the log and for tests.</summary>
internal sealed partial class CspReports(ILogger<CspReports> logger)
{
    private const int MostKept = 100;
    private const int MostBytes = 8 * 1024;

    private readonly ConcurrentQueue<string> reports = new();

    public IReadOnlyCollection<string> Kept => reports;

    public async Task<IResult> TakeAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength is null or > MostBytes)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        using var reader = new StreamReader(request.Body);
        var report = (await reader.ReadToEndAsync(ct)).ReplaceLineEndings(" ");
        reports.Enqueue(report);
        while (reports.Count > MostKept)
            reports.TryDequeue(out _);
        LogReport(logger, report);
        return Results.NoContent();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A browser refused part of a page: {Report}")]
    private static partial void LogReport(ILogger logger, string report);
}
