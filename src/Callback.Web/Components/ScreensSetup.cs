using Callback.Accounts;
using Callback.Telephony.Twilio;
using Callback.Web.Assets;
using Callback.Web.Components.CallScripts;
using Callback.Web.Components.Desk;
using Callback.Web.Components.Desk.Phone;
using Callback.Web.Components.Health;
using Callback.Web.Components.Help;
using Callback.Web.Components.Layout;
using Callback.Web.Localization;
using Callback.Web.SignIn;

namespace Callback.Web.Components;

/// <summary>The screens: <c>AddScreens</c>, then <c>UseScreens</c> once it is known who asks, then <c>MapScreens</c>.</summary>
public static class ScreensSetup
{
    public static IServiceCollection AddScreens(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        services.AddSingleton<WebAssets>();
        services.AddSingleton<TextBook>();
        services.AddSingleton<HelpBook>();
        services.AddScoped<ScreenContext>();
        services.AddScoped<CurrentShop>();
        services.AddScoped<Viewer>();
        services.AddScoped<DeskReader>();
        services.AddScoped<ResultReader>();
        services.AddScoped<DeskAnswers>();
        services.AddScoped<ScriptEditor>();
        services.AddScoped<ScriptPreview>();
        services.AddScoped<ScriptWalks>();
        services.AddScoped<EditScript>();
        services.AddScoped<DeskActs>();
        services.AddScoped<CardActs>();
        services.AddScoped<PracticeActs>();
        services.AddSingleton(provider => new Softphone(provider.GetService<TwilioAccount>(), provider.GetRequiredService<WebAssets>().Has(Softphone.ScriptFile)));
        services.AddScoped<PhoneReader>();
        services.AddScoped<PhoneActs>();
        services.AddScoped<EndingActs>();
        services.AddScoped<LineWords>();
        services.AddScoped<HealthWords>();
        services.AddSingleton<CustomerReader>();
        services.AddScoped(provider => new Texts(provider.GetRequiredService<TextBook>(), provider.GetRequiredService<ScreenContext>().Language));
        services.AddScoped(provider => new Fmt(
            provider.GetRequiredService<Texts>(),
            TimeZoneInfo.FindSystemTimeZoneById(provider.GetRequiredService<CurrentShop>().Info?.Zone ?? "Asia/Shanghai"),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>Finds language, theme and shop before any page runs. After authentication, before the endpoints.</summary>
    public static IApplicationBuilder UseScreens(this IApplicationBuilder app) =>
        app.UseWhen(context => !IsForPrograms(context.Request.Path), screens => screens.Use(PrepareAsync));

    public static void MapScreens(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/assets/{version}/{**path}", (HttpContext context, WebAssets assets, string version, string path) => assets.Serve(context, version, path))
            .AllowAnonymous();
        endpoints.MapPreferences();
        endpoints.MapGet("/", (Viewer viewer, CurrentShop shop) => Results.Redirect(shop.Link(Navigation.HomeOf(viewer)))).RequireAuthorization();
        endpoints.MapDesk();
        endpoints.MapResults();
        endpoints.MapSoftphone();
        endpoints.MapRazorComponents<App>();
    }

    private static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/assets") || path.StartsWithSegments("/webhooks") || path.StartsWithSegments("/openapi");

    private static async Task PrepareAsync(HttpContext context, RequestDelegate next)
    {
        var services = context.RequestServices;
        var viewer = services.GetRequiredService<Viewer>();
        var screen = services.GetRequiredService<ScreenContext>();
        viewer.Read(context.FindSignedIn());
        screen.Read(context, viewer.Language);
        screen.Flash = context.Request.WantsFragment() ? null : Flash.Take(context);
        // A page about a shop that is not there must not fail for the same reason again.
        if (viewer.Actor is { } actor && !context.Request.Path.StartsWithSegments("/error"))
            await services.GetRequiredService<CurrentShop>().FindAsync(
                services.GetRequiredService<ShopQueries>(), actor, context.Request.Query["shop"], context.Request.Cookies[CurrentShop.Cookie], context.RequestAborted);
        await next(context);
    }
}
