using System.CommandLine;
using Callback.Calls;

namespace Callback.Web.Verbs;

/// <summary><c>callback adopt</c>: after a failover or a restore, says that this database server is the one now, so that dialing goes on.</summary>
internal static class AdoptVerb
{
    public static Command Create() => new Command("adopt", "After a failover or restore of the database: let dialing go on with this server.").Runs(async (verb, ct) =>
    {
        var calls = await verb.Service<AdoptCalls>().RunAsync(verb.Actor, ct);
        if (calls.Listed > 0)
            await Console.Error.WriteLineAsync(
                $"The provider has {calls.Listed} calls since then; {calls.Adopted} were not known here and are adopted, {calls.Unmatched} belong to no order.");
        var adopted = await verb.Service<AdoptEpoch>().RunAsync(verb.Actor, ct);
        verb.Answer(
            adopted,
            adopted.Reconciled
                ? $"Dialing goes on with server {adopted.SystemIdentifier}, timeline {adopted.Timeline}."
                : $"Nothing was adopted: the fate of {adopted.Undecided} calls is not known yet. They are settled within about 20 minutes; try again then.");
        return adopted.Reconciled ? VerbContext.Done : VerbContext.Failed;
    });
}
