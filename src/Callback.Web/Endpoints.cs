using Callback.Web.Api;
using Callback.Web.Components;
using Callback.Web.Components.Accounts;
using Callback.Web.Components.Calls;
using Callback.Web.Components.CallScripts;
using Callback.Web.Components.Campaigns;
using Callback.Web.Components.Health;
using Callback.Web.Components.Imports;
using Callback.Web.Components.Lines;
using Callback.Web.Components.Log;
using Callback.Web.Components.Orders;
using Callback.Web.Components.Practice;
using Callback.Web.Components.Receivers;
using Callback.Web.Components.Registers;
using Callback.Web.Components.Releases;
using Callback.Web.Components.Suppressions;
using Callback.Web.Components.Tasks;
using Callback.Web.Hosting;
using Callback.Web.SignIn;
using Callback.Web.Webhooks;

namespace Callback.Web;

/// <summary>Every area of screens and API: one line each.</summary>
internal static class Endpoints
{
    public static void MapCallback(this WebApplication app)
    {
        app.MapHealth();
        app.MapHealthScreen();
        app.MapScreens();
        app.MapOrdersApi();
        app.MapReportsApi();
        app.MapCampaignsApi();
        app.MapSuppressionsApi();
        app.MapOpenApi().AllowAnonymous();
        app.MapFollowUpsApi();
        app.MapDeskApi();
        app.MapPhoneApi();
        app.MapWebhooks();
        app.MapSignIn();
        app.MapAccounts();
        app.MapLines();
        app.MapRunningCalls();
        app.MapLog();
        app.MapRecordings();
        app.MapReleases();
        app.MapTasks();
        app.MapTasksApi();
        app.MapRegisters();
        app.MapPractice();
        app.MapReceivers();
        app.MapImports();
        app.MapOrders();
        app.MapReports();
        app.MapCampaigns();
        app.MapScripts();
        app.MapScriptsApi();
        app.MapSuppressions();
    }
}
