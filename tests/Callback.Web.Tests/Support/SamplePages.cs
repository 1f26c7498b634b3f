using Callback.Web.Components;
using Callback.Web.Components.Desk;
using Callback.Web.Localization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.Support;

/// <summary>Shows the desk in any state at <c>/sample/{state}</c>, made from values alone, as the agent would see it: for looking at and for the checks of every state.</summary>
internal sealed class SamplePages : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(ShowAsync);
        next(app);
    };

    private static async Task ShowAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == "/tasks/due" || context.Request.Path == "/desk/phone" || context.Request.Path.Value!.EndsWith("/refresh", StringComparison.Ordinal))
        {
            // The page asks by itself for its counts and for what is new; nobody is signed in who could have any.
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        if (!context.Request.Path.StartsWithSegments("/sample", out var rest))
        {
            await next(context);
            return;
        }
        var services = context.RequestServices;
        services.GetRequiredService<Viewer>().Read(DeskSamples.Agent);
        services.GetRequiredService<CurrentShop>().Use(DeskSamples.Shop);
        services.GetRequiredService<ScreenContext>().Read(context, null);
        var model = await DeskSamples.ModelAsync(
            rest.Value!.Trim('/'), services.GetRequiredService<DeskReader>(), services.GetRequiredService<Texts>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        await Screen.Page<DeskBody>(new Dictionary<string, object?> { [nameof(DeskBody.Model)] = model }).ExecuteAsync(context);
    }
}
