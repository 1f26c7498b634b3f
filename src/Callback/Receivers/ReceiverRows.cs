using Callback.Database;
using Callback.Database.PersonalData;

namespace Callback.Receivers;

internal static class ReceiverRows
{
    public static DataPlace Secret(ShopId shop, Guid receiverId) => new(shop.Value, "receivers", "secret_cipher", receiverId.ToString());

    /// <summary>Nothing more is sent to it; what was on its way is given up.</summary>
    /// <returns>False: there is none in force.</returns>
    public static async Task<bool> EndAsync(Session session, ShopId shop, Guid receiverId, DateTimeOffset now, CancellationToken ct)
    {
        var ended = await session.ExecuteAsync(
            "update receivers set ended_at = @now where shop_id = @shop and receiver_id = @receiverId and ended_at is null", new { shop, receiverId, now }, ct) == 1;
        if (ended)
            await session.ExecuteAsync(
                """
                update deliveries
                set next_at = null, given_up_at = @now
                where shop_id = @shop and receiver_id = @receiverId and next_at is not null
                """,
                new { shop, receiverId, now },
                ct);
        return ended;
    }
}
