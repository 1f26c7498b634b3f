using Microsoft.Extensions.Primitives;

namespace Callback.Web.SignIn;

/// <summary>Tells the browser what pages may do: nothing but what comes from here, in nobody's frame.</summary>
internal static class SecurityHeaders
{
    public const string ReportPath = "/csp-report";

    public const string ContentPolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; report-uri " + ReportPath;

    private static readonly KeyValuePair<string, StringValues>[] Headers =
    [
        new("Content-Security-Policy", ContentPolicy),
        new("X-Content-Type-Options", "nosniff"),
        // Not no-referrer: with it a browser sends forms with "Origin: null", which tells nothing to the check of origins.
        new("Referrer-Policy", "same-origin"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        new("Permissions-Policy", "camera=(), geolocation=(), microphone=(self)"),
    ];

    /// <summary>Set at the last moment, so that an answer that was cleared for an error has them too.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            foreach (var (name, value) in Headers)
                context.Response.Headers[name] = value;
            // Pages hold customers' data: neither a proxy nor the browser's history keeps them. What may be kept (assets) says so itself.
            if (StringValues.IsNullOrEmpty(context.Response.Headers.CacheControl))
                context.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    });
}
