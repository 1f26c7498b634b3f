using System.CommandLine;
using Callback.Calls;

namespace Callback.Web.Verbs;

/// <summary><c>callback adopt [--nothing-lost]</c>: after a failover or a restore, says that this database server is the one now, so that dialing goes on.</summary>
internal static class AdoptVerb
{
    public static Command Create()
    {
        var nothingLost = new Option<bool>("--nothing-lost") { Description = "A synchronous standby was promoted, so every acknowledged commit is here: go on at once, unless the provider knows better." };
        return new Command("adopt", "After a failover or restore of the database: let dialing go on with this server.") { nothingLost }.Runs(async (verb, ct) =>
        {
            var result = await verb.Service<AdoptServer>().RunAsync(verb.Actor, verb.Arguments.GetValue(nothingLost), Waiting, ct);
            verb.Answer(result, Text(result));
            return result is AdoptedServer.Adopted ? VerbContext.Done : VerbContext.Failed;
        });
    }

    private static void Waiting(TimeSpan span) => Console.Error.WriteLine($"Waiting {span.TotalSeconds:0} s, until the provider's list has every call that may still be on its way.");

    private static string Text(AdoptedServer result) => result switch
    {
        AdoptedServer.Adopted { Calls: var calls, Server: var server } =>
            $"Dialing goes on with server {server.SystemIdentifier}, timeline {server.Timeline}."
            + (calls.Listed == 0 ? "" : $" The provider has {calls.Listed} calls since then; {calls.Adopted} were not known here and are adopted, {calls.Unmatched} belong to no order."),
        AdoptedServer.Undecided open => $"Nothing was adopted: the fate of {open.Attempts} calls is not known yet. They are settled within about 20 minutes; try again then.",
        AdoptedServer.InCall busy => $"Nothing was adopted: the numbers of {busy.Calls} lost calls are in another call just now. Try again when these are over.",
        AdoptedServer.NotPromoted { Server: var server } =>
            $"Nothing was adopted: timeline {server.Timeline} of server {server.SystemIdentifier} was not promoted from the server that is known. After a restore, run it without --nothing-lost.",
        AdoptedServer.CommitsLost { Calls: var calls } =>
            $"Nothing was adopted: the provider made {calls.Adopted} calls that are not known here, so commits were lost. Results since then are missing, too. Run it without --nothing-lost.",
        _ => "",
    };
}
