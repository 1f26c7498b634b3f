using Callback.Web.Components.Desk.Phone;
using Microsoft.Extensions.Primitives;

namespace Callback.Web.SignIn;

/// <summary>Tells the browser what pages may do: nothing but what comes from here, in nobody's frame.</summary>
internal static class SecurityHeaders
{
    public const string ReportPath = "/csp-report";

    public const string ContentPolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; report-uri " + ReportPath;

    /// <summary>On pages where the browser is a phone: the call's signalling, the report of how well it was heard, and the sound itself.</summary>
    /// <param name="region">The account's, such as ie1; null: Twilio's home.</param>
    public static string PhonePolicy(string? region) =>
        $"{ContentPolicy}; connect-src 'self' wss://voice-js.roaming.twilio.com https://eventgw.{(region is null ? "" : region + ".")}twilio.com; media-src 'self' mediastream:";

    private const string NoMicrophone = "camera=(), geolocation=(), microphone=()";
    private const string Microphone = "camera=(), geolocation=(), microphone=(self)";

    private static readonly KeyValuePair<string, StringValues>[] Headers =
    [
        new("X-Content-Type-Options", "nosniff"),
        // Not no-referrer: with it a browser sends forms with "Origin: null", which tells nothing to the check of origins.
        new("Referrer-Policy", "same-origin"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    /// <summary>Set at the last moment, so that an answer that was cleared for an error has them too.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            foreach (var (name, value) in Headers)
                context.Response.Headers[name] = value;
            var softphone = context.RequestServices.GetRequiredService<Softphone>();
            var phone = softphone.IsOn(context.Request.Path);
            context.Response.Headers.ContentSecurityPolicy = phone ? PhonePolicy(softphone.Region) : ContentPolicy;
            context.Response.Headers["Permissions-Policy"] = phone ? Microphone : NoMicrophone;
            // Pages hold customers' data: neither a proxy nor the browser's history keeps them. What may be kept (assets) says so itself.
            if (StringValues.IsNullOrEmpty(context.Response.Headers.CacheControl))
                context.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    });
}
