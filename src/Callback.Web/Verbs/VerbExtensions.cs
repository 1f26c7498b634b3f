using System.CommandLine;
using Callback.Web.Hosting;

namespace Callback.Web.Verbs;

/// <summary>How a verb is given its work.</summary>
internal static class VerbExtensions
{
    /// <summary>The verb works on the database: it is opened (and started, if it is the program's own and stands still), brought to this schema, and closed again.</summary>
    public static Command Runs(this Command command, Func<VerbContext, CancellationToken, Task<int>> work)
    {
        command.SetAction((parsed, ct) => Edge.GuardAsync(parsed, async () =>
        {
            await using var site = await Site.OpenAsync(Edge.Start(parsed), ct);
            await using var services = new ServiceCollection().AddLogging().AddCallback(site.Ground).BuildServiceProvider();
            return await work(new VerbContext(parsed, services), ct);
        }));
        return command;
    }
}
