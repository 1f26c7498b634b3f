using System.CommandLine;
using Callback.Planning;

namespace Callback.Web.Verbs;

/// <summary><c>callback plan</c> runs one planner pass now, as the server does each minute.</summary>
internal static class PlanVerb
{
    public static Command Create()
    {
        var shop = new Option<string?>("--shop") { Description = "Only this shop." };
        return new Command("plan", "Look now at what may be called, and bring the queue up to date.") { shop }.Runs(async (verb, ct) =>
        {
            var now = verb.Service<TimeProvider>().GetUtcNow();
            var expired = await verb.Service<ExpireHolds>().RunOnceAsync(now, ct);
            var planner = verb.Service<Planner>();
            var counts = verb.Arguments.GetValue(shop) is { } code ? await planner.RunOnceAsync(ShopId.Parse(code), now, ct) : await planner.RunOnceAsync(now, ct);
            verb.Answer(
                new { counts.Looked, counts.Queued, counts.Waiting, counts.Left, HoldsExpired = expired.Holds, GrantsExpired = expired.Grants },
                $"{counts.Looked} orders looked at: {counts.Queued} calls queued, {counts.Waiting} orders wait, {counts.Left} are no candidates any more. "
                + $"{expired.Holds} holds and {expired.Grants} further calls ran out.");
            return VerbContext.Done;
        });
    }
}
