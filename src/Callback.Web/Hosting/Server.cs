using Callback.Web.Components;
using Callback.Web.SignIn;

namespace Callback.Web.Hosting;

/// <summary>The web program: services, the order of the middleware, endpoints. <c>serve</c> and the tests build the same one.</summary>
internal static class Server
{
    /// <param name="ground">The open database, keys and clock.</param>
    /// <param name="adjust">A test's last word: port, extra services.</param>
    public static WebApplication Build(Ground ground, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "callback",
            ContentRootPath = Places.ContentRoot(),
            EnvironmentName = ground.Surroundings.Production ? Environments.Production : Environments.Development,
        });
        builder.WebHost.UseKestrelCore().UseUrls(ground.Settings.Urls);
        builder.Logging.AddLogs(ground.Surroundings.Production);
        builder.Services.AddRouting();
        builder.Services.AddCallback(ground).AddCallbackWeb().AddHosting(ground);
        adjust?.Invoke(builder);
        var app = builder.Build();
        app.UseMiddleware<ErrorHandling>();
        app.UseRouting();
        app.UseSignIn();
        app.UseScreens();
        app.MapCallback();
        return app;
    }
}
