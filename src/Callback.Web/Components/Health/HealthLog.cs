namespace Callback.Web.Components.Health;

internal static partial class HealthLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The Health screen could not be measured; it shows the readiness alone")]
    public static partial void LogNotMeasured(this ILogger logger, Exception e);
}
