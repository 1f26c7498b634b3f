using Callback.Health;
using Callback.Web.SignIn;

namespace Callback.Web.Components.Health;

/// <summary>The figures alone, for the screen that asks again by itself.</summary>
internal static class HealthScreenEndpoints
{
    public static void MapHealthScreen(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/health/figures", async (HttpContext context, GetHealth get, CancellationToken ct) =>
                Screen.Fragment<HealthFigures>(new { Health = await get.RunAsync(context.GetActor(), ct) }))
            .RequirePermission(Permission.ViewHealth);
}
