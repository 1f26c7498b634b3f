using Callback.CallScripts;
using Callback.Database;
using Callback.Windows;

namespace Callback.Calls;

/// <summary>What a script would say of a real order, for those who write scripts; nothing is planned, held or called by it.</summary>
public sealed class PreviewTalk(Db db, TimeProvider time, PolicyBook policies)
{
    /// <returns>Null: the shop has no such order.</returns>
    public async Task<ScriptFacts?> RunAsync(Actor actor, ShopId shop, string orderNo, CancellationToken ct)
    {
        actor.Demand(Permission.EditCallScripts, shop);
        actor.Demand(Permission.ViewOrders, shop);
        await using var session = await db.BeginAsync(shop, ct);
        var orders = await CardOrders.ReadAsync(session, shop, [(orderNo, 0)], ct);
        if (orders.Count == 0)
            return null;
        var of = await ShopOfCall.ReadAsync(session, shop, ct);
        return CardTalk.Facts(of, of.Language, actor.Name, orders, policies.Effective(of.Policy).Calendar, ZoneKey.Of([of.Zone]), time.GetUtcNow());
    }
}
