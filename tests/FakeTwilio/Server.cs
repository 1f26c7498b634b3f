using TwilioFake.Control;
using TwilioFake.Rest;

namespace TwilioFake;

/// <summary>The web server: the API below <c>/2010-04-01</c> for those who know the secret, the controls below <c>/_fake</c> for everybody on this machine.</summary>
internal static class Server
{
    public static WebApplication Build(Exchange exchange)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls(exchange.World.Options.Urls);
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.UseRouting();
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/2010-04-01"), branch => branch.Use(exchange.Answers.RunAsync).Use((http, next) => GuardAsync(exchange, http, next)));
        MapApi(exchange, app);
        ControlApi.Map(app, exchange);
        return app;
    }

    private static void MapApi(Exchange exchange, WebApplication app)
    {
        var account = app.MapGroup($"/2010-04-01/Accounts/{exchange.World.Options.AccountSid}");
        var shapes = new Shapes(exchange.World);
        var numbers = new Numbers(exchange.World);
        numbers.MapAccount(app);
        numbers.Map(account);
        new CallsApi(exchange.World, shapes, numbers, exchange.Progress, exchange.Player).Map(account);
        new ConferencesApi(exchange.World, shapes, numbers, exchange.Progress, exchange.Rooms, exchange.Player).Map(account);
        new RecordingsApi(exchange.World, shapes, exchange.Recorder).Map(account);
    }

    private static async Task GuardAsync(Exchange exchange, HttpContext http, RequestDelegate next)
    {
        if (!Api.Knows(exchange.World.Options, http.Request.Headers.Authorization))
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"Twilio API\"";
            await Answers.Refused(20003, "Authenticate", StatusCodes.Status401Unauthorized).ExecuteAsync(http);
            return;
        }
        if (http.GetEndpoint() is null)
            await Answers.NotFound(http).ExecuteAsync(http);
        else
            await next(http);
    }
}
