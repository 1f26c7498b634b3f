namespace Callback.Web.SignIn;

/// <summary>Refuses what another site's page sends to the screens: forms, and event streams, which no antiforgery token protects. The API takes no cookies and needs none of this.</summary>
internal static class OriginCheck
{
    public static IApplicationBuilder UseOriginCheck(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var request = context.Request;
        if (Schemes.IsApi(request.Path) || request.Headers.Origin.ToString() is not { Length: > 0 } origin || !Matters(request) || IsOwn(request, origin))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    private static bool Matters(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) || request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/event-stream");

    // The scheme is left out: behind a proxy the program itself speaks plain HTTP.
    private static bool IsOwn(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
