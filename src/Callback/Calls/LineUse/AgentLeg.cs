using Callback.Calls.Bridges;
using Callback.Database;
using Callback.Database.PersonalData;

namespace Callback.Calls.LineUse;

/// <summary>Where a person's own phone is, as its row stands in one of the person's shops.</summary>
internal sealed record AgentLeg(ShopId ShopId, Guid AgentId, LegKind Kind, byte[] AddressCipher, string Last4, bool KeepOpen, DateTimeOffset UpdatedAt)
{
    /// <summary>The one that was set last, in whichever of these shops.</summary>
    public static Task<AgentLeg?> FindAsync(Session session, IEnumerable<ShopId> shops, Guid agent, CancellationToken ct) => session.QuerySingleOrDefaultAsync<AgentLeg>(
        """
        select shop_id, agent_id, kind, address_cipher, last4, keep_open, updated_at
        from agent_legs
        where shop_id = any(@shops) and agent_id = @agent
        order by updated_at desc, shop_id
        limit 1
        """,
        new { shops = shops.Select(shop => shop.Value).ToArray(), agent },
        ct);

    public string Address(PersonalDataVault vault) => vault.Decrypt(DataPlace.AgentLeg(ShopId, AgentId), AddressCipher);

    public AgentLegView View() => new(Kind, Last4, KeepOpen);
}

/// <summary>A person's own phone, as it is shown.</summary>
/// <param name="Last4">Last digits of the number, host of the SIP address, empty for the browser.</param>
/// <param name="KeepOpen">The phone stays connected between calls.</param>
public sealed record AgentLegView(LegKind Kind, string Last4, bool KeepOpen);
