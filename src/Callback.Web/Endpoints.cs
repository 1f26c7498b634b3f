using Callback.Web.Api;
using Callback.Web.Components;
using Callback.Web.Components.Accounts;
using Callback.Web.Components.Log;
using Callback.Web.SignIn;

namespace Callback.Web;

/// <summary>Every area of screens and API: one line each.</summary>
internal static class Endpoints
{
    public static void MapCallback(this WebApplication app)
    {
        app.MapGet("/healthz", () => "alive").AllowAnonymous();
        app.MapScreens();
        app.MapOrdersApi();
        app.MapFollowUpsApi();
        app.MapSignIn();
        app.MapAccounts();
        app.MapLog();
    }
}
