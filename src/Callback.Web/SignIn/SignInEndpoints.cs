namespace Callback.Web.SignIn;

/// <summary>The addresses of sign-in.</summary>
internal static class SignInEndpoints
{
    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(SecurityHeaders.ReportPath, (CspReports reports, HttpRequest request, CancellationToken ct) => reports.TakeAsync(request, ct))
            .AllowAnonymous()
            .DisableAntiforgery();
        return endpoints;
    }
}
