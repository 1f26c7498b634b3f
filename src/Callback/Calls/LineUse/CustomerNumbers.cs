using Callback.Database;
using Callback.Database.PersonalData;

namespace Callback.Calls.LineUse;

/// <summary>Customers are called through the gate and no other way: what is called without it must be nobody's number in any order.</summary>
internal static class CustomerNumbers
{
    /// <param name="session">Sees all shops.</param>
    /// <param name="vault">Knows each shop's keys.</param>
    /// <param name="e164">The number somebody wants called.</param>
    /// <param name="ct">Cancels the read.</param>
    public static async Task<bool> IncludeAsync(Session session, PersonalDataVault vault, string e164, CancellationToken ct)
    {
        var shops = await session.QueryAsync<string>("select shop_id from shops where not practice order by shop_id", null, ct);
        return await session.QuerySingleAsync<bool>(
            """
            select exists (
                select
                from unnest(@shops, @keys) as k (shop_id, key)
                join orders o on o.shop_id = k.shop_id and o.phone_hash = k.key)
            """,
            new { shops = shops.ToArray(), keys = shops.Select(shop => vault.PhoneKey(new(shop), new(e164))).ToArray() },
            ct);
    }
}
