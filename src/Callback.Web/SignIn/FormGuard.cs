using Microsoft.AspNetCore.Antiforgery;

namespace Callback.Web.SignIn;

/// <summary>
/// Every form of the screens carries the antiforgery token, also one without a single field: ASP.NET Core itself asks only where an endpoint binds form fields.
/// </summary>
internal static class FormGuard
{
    public static IApplicationBuilder UseFormGuard(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (await IsForgedAsync(context))
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        else
            await next(context);
    });

    private static async Task<bool> IsForgedAsync(HttpContext context)
    {
        if (Schemes.IsApi(context.Request.Path) || context.GetEndpoint() is not { } endpoint || IsSafe(context.Request.Method))
            return false;
        if (endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: false })
            return false;
        if (context.Features.Get<IAntiforgeryValidationFeature>() is { } checkedBefore)
            return !checkedBefore.IsValid;
        return !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
}
