using System.CommandLine;
using Callback.Web.Demo;
using Callback.Web.Hosting;

namespace Callback.Web.Verbs;

/// <summary><c>callback serve</c>: runs the program until it is told to stop.</summary>
internal static class ServeVerb
{
    public static Command Create()
    {
        var demo = new Option<bool>("--demo") { Description = "Run a demo shop with invented orders, its clock at 11:05 of the next workday." };
        var urls = new Option<string?>("--urls") { Description = "Where to listen, such as http://127.0.0.1:8080." };
        var command = new Command("serve", "Run the program: screens, API, jobs. Ctrl-C stops it.") { demo, urls };
        command.SetAction((parsed, ct) => Edge.GuardAsync(parsed, () => ServeAsync(parsed, Input(parsed, demo, urls), ct)));
        return command;
    }

    private static StartInput Input(ParseResult parsed, Option<bool> demo, Option<string?> urls)
    {
        var start = Edge.Start(parsed);
        IReadOnlyList<string> set = parsed.GetValue(urls) is { } address ? [.. start.Set, $"urls={address}"] : start.Set;
        return start with { Set = set, Demo = parsed.GetValue(demo), Serve = true };
    }

    private static async Task<int> ServeAsync(ParseResult parsed, StartInput input, CancellationToken ct)
    {
        await using var site = await Site.OpenAsync(input, ct);
        await using var app = Server.Build(site.Ground);
        ConfigChecks.Demand(app.Services.GetServices<IConfigCheck>(), site.Ground.Surroundings.ConfigFolder);
        if (input.Demo)
            await app.Services.GetRequiredService<DemoShop>().FurnishAsync(ct);
        await app.StartAsync(ct);
        await parsed.InvocationConfiguration.Output.WriteLineAsync($"Callback is at {string.Join(", ", app.Urls)} · data in {site.Ground.Surroundings.DataFolder} · Ctrl-C stops it");
        await app.WaitForShutdownAsync(ct);
        await app.StopAsync(CancellationToken.None);
        return VerbContext.Done;
    }
}
