using Callback.Database;

namespace Callback.Planning;

/// <summary>The right to plan a shop, for one transaction. Not for correctness – the tables' keys see to that – but so that nodes share the work.</summary>
internal static class ShopLease
{
    public static Task<bool> TryTakeAsync(Session session, ShopId shop, CancellationToken ct) =>
        session.QuerySingleAsync<bool>("select pg_try_advisory_xact_lock(hashtextextended('plan/' || @shop, 0))", new { shop }, ct);
}
