namespace Callback.Web.Components.Errors;

/// <summary>Says in the reader's language what went wrong, where the program or a wall before it answered with nothing but a number. Screens only: programs get problem+json.</summary>
internal static partial class ErrorPages
{
    /// <summary>After routing and before everything that may refuse.</summary>
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app) => app.Use(RunAsync);

    private static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (ScreensSetup.IsForPrograms(context.Request.Path))
        {
            await next(context);
            return;
        }
        try
        {
            await next(context);
        }
        catch (Exception error) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusOf(error);
            if (context.Response.StatusCode == StatusCodes.Status500InternalServerError)
                LogFault(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ErrorPages)), error, context.Request.Path);
        }
        if (IsBare(context.Response) && !context.Request.WantsFragment())
            await ShowAsync(context);
    }

    private static Task ShowAsync(HttpContext context)
    {
        var screen = context.RequestServices.GetRequiredService<ScreenContext>();
        if (!screen.IsRead)
            screen.Read(context, null);
        var status = context.Response.StatusCode;
        var parameters = new Dictionary<string, object?> { [nameof(ErrorBody.Code)] = status, [nameof(ErrorBody.Trace)] = context.TraceIdentifier };
        return Screen.Page<ErrorBody>(parameters, status).ExecuteAsync(context);
    }

    private static bool IsBare(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentLength: null } && string.IsNullOrEmpty(response.ContentType);

    private static int StatusOf(Exception error) => error switch
    {
        ShopUnknownException => StatusCodes.Status404NotFound,
        NotPermittedException => StatusCodes.Status403Forbidden,
        InvalidInputException => StatusCodes.Status422UnprocessableEntity,
        BadHttpRequestException bad => bad.StatusCode,
        _ => StatusCodes.Status500InternalServerError,
    };

    [LoggerMessage(LogLevel.Error, "A page failed: {Path}")]
    private static partial void LogFault(ILogger logger, Exception error, string path);
}
