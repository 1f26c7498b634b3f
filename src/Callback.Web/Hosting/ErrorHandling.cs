using System.Text.Json;
using Callback.Database;
using Callback.Web.Localization;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Callback.Web.Hosting;

/// <summary>
/// The edge of the web program: what goes wrong becomes a status, once, here. Programs (below /api and /webhooks) get problem+json, people a page in their language.
/// </summary>
internal sealed partial class ErrorHandling(RequestDelegate next, TextBook texts, ILogger<ErrorHandling> logger)
{
    /// <summary>Of the request's items: where the page stands that an error page is shown for.</summary>
    public static readonly object AskedPath = new();

    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        Fault? fault = null;
        try
        {
            await next(context);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            fault = Fault.Of(e, context.RequestAborted);
            if (fault.Status >= 500)
                LogFault(logger, e, context.Request.Method, context.Request.Path);
            context.Response.Clear();
            context.Response.StatusCode = fault.Status;
        }
        if (NeedsBody(context))
            await (IsForPrograms(context.Request.Path) ? WriteProblemAsync(context, fault) : ShowPageAsync(context));
    }

    private static bool IsForPrograms(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/webhooks");

    private static bool NeedsBody(HttpContext context) =>
        context.Response is { HasStarted: false, StatusCode: >= 400 and not ClientClosedRequest, ContentLength: null, ContentType: null };

    /// <summary>Runs the page of that status in place of the one that was asked for.</summary>
    private async Task ShowPageAsync(HttpContext context)
    {
        var (method, path, status) = (context.Request.Method, context.Request.Path, context.Response.StatusCode);
        // The page that failed may have begun to render, and what renders pages in a scope begins only once.
        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        context.Items[AskedPath] = path;
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = $"/error/{status}";
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        try
        {
            await next(context);
            if (!context.Response.HasStarted)
                context.Response.StatusCode = status;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            LogFault(logger, e, method, path);
            context.Response.StatusCode = status;
        }
        finally
        {
            (context.Request.Method, context.Request.Path) = (method, path);
            context.RequestServices = services;
        }
    }

    private async Task WriteProblemAsync(HttpContext context, Fault? fault)
    {
        var status = context.Response.StatusCode;
        var problems = fault?.Problems ?? [];
        var answer = new ProblemDetails { Status = status, Title = Title(status), Detail = fault?.Detail };
        answer.Extensions["code"] = fault?.Code ?? Fault.CodeOf(status);
        answer.Extensions["traceId"] = context.TraceIdentifier;
        if (problems.Count > 0)
        {
            var language = Language.FromAcceptLanguage(context.Request.Headers.AcceptLanguage.FirstOrDefault() ?? "en");
            answer.Extensions["problems"] = problems.Select(problem => new { problem.Code, problem.Field, problem.Values, Message = Sentence(problem, language) });
        }
        await context.Response.WriteAsJsonAsync(answer, JsonSerializerOptions.Web, "application/problem+json", context.RequestAborted);
    }

    private string Sentence(Problem problem, Language language)
    {
        var key = $"problem.{problem.Code}";
        return !texts.Keys.Contains(key) ? problem.Code
            : problem.Values.Aggregate(texts.Entry(key)[language.TextKey], (text, value) => text.Replace($"{{{value.Key}}}", value.Value, StringComparison.Ordinal));
    }

    private static string Title(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "No valid key was given.",
        StatusCodes.Status403Forbidden => "The key or role does not allow this.",
        StatusCodes.Status404NotFound => "There is nothing here, or not for this key.",
        StatusCodes.Status422UnprocessableEntity => "The input was refused; nothing was done.",
        StatusCodes.Status429TooManyRequests => "Too many requests. See Retry-After.",
        StatusCodes.Status503ServiceUnavailable => "The database does not answer. Try again in a moment.",
        StatusCodes.Status507InsufficientStorage => "The disk of the database is full; nothing was written.",
        >= 500 => "A fault of the program. It was logged under the trace id.",
        _ => "The request was refused.",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFault(ILogger logger, Exception e, string method, PathString path);

    /// <summary>What an exception means to whoever asked.</summary>
    private sealed record Fault(int Status, string Code, string? Detail, IReadOnlyList<Problem> Problems)
    {
        public static Fault Of(Exception e, CancellationToken aborted) => e switch
        {
            ShopUnknownException => new(404, "shop-unknown", null, []),
            NotPermittedException refused => new(403, "not-permitted", refused.Message, []),
            InvalidInputException invalid => new(422, "invalid-input", null, invalid.Problems),
            BadHttpRequestException bad => new(bad.StatusCode, CodeOf(bad.StatusCode), bad.Message, []),
            OperationCanceledException when aborted.IsCancellationRequested => new(ClientClosedRequest, "closed", null, []),
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new(507, "disk-full", null, []),
            // The same request again finds what stands, or does it.
            CommitInDoubtException or NpgsqlException { IsTransient: true } or (NpgsqlException and not PostgresException) => new(503, "database-away", null, []),
            // A leader that was deposed and still answers: another one takes its place.
            PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => new(503, "database-away", null, []),
            // So Npgsql says of a connection that the server closed between two commands.
            ObjectDisposedException gone when gone.StackTrace?.Contains("Npgsql.", StringComparison.Ordinal) == true => new(503, "database-away", null, []),
            _ => new(500, "fault", null, []),
        };

        public static string CodeOf(int status) => status switch
        {
            401 => "unauthenticated",
            403 => "not-permitted",
            404 => "not-found",
            405 => "method-not-allowed",
            429 => "too-many-requests",
            >= 500 => "fault",
            _ => "bad-request",
        };
    }
}
