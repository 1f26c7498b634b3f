using System.CommandLine;
using Callback.Web.Demo;
using Callback.Web.Hosting;

namespace Callback.Web.Verbs;

/// <summary><c>callback serve</c>: runs the program until it is told to stop.</summary>
internal static class ServeVerb
{
    public static Command Create()
    {
        var demo = new Option<bool>("--demo") { Description = "Run with a demo shop of invented orders." };
        var command = new Command("serve", "Run the program: screens, API, jobs.") { demo };
        command.SetAction((parsed, ct) => Edge.GuardAsync(parsed, async () =>
        {
            await using var site = await Site.OpenAsync(Edge.Start(parsed) with { Demo = parsed.GetValue(demo), Serve = true }, ct);
            await using var app = Server.Build(site.Ground);
            if (site.Ground.Surroundings.Demo)
                await app.Services.GetRequiredService<DemoShop>().FurnishAsync(ct);
            await app.RunAsync(ct);
            return VerbContext.Done;
        }));
        return command;
    }
}
