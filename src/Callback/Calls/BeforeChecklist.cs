using Callback.CallScripts;
using Callback.Database;
using Callback.Planning;

namespace Callback.Calls;

/// <summary>The items that stand between a card and its dial: required ones of the "before" phase, ticked or waived in the draft.</summary>
internal static class BeforeChecklist
{
    /// <returns>Ids of what is missing, in the order of the list.</returns>
    public static async Task<IReadOnlyList<string>> MissingAsync(
        Session session, CallScriptBook scripts, QueuedCall call, IEnumerable<CallFacts> orders, CancellationToken ct)
    {
        var draft = await Drafts.FindAsync(session, call.ShopId, call.HoldId, ct);
        return Missing(scripts.ChecklistOf(call.Purpose), draft?.Draft ?? CallDraft.Empty, [.. orders]);
    }

    internal static IReadOnlyList<string> Missing(Checklist checklist, CallDraft draft, IReadOnlyList<CallFacts> orders) =>
    [
        .. checklist.For(draft, new(
                OrdersFromFiles: orders.Any(order => !order.FromApi),
                SeveralOrders: orders.Count > 1,
                OrderSeen: true,
                GreetingPassed: false,
                ResultConfirmed: false,
                Reached: null))
            .Where(entry => entry.Item.Phase == ChecklistPhase.Before && entry.Missing)
            .Select(entry => entry.Item.Id),
    ];
}
