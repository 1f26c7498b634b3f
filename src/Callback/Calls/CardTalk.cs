using System.Text.Json;
using Callback.CallScripts;
using Callback.Database;
using Callback.Windows;

namespace Callback.Calls;

/// <summary>What a call script may speak of on a card: the same facts when the card is shown and when its result is saved.</summary>
internal static class CardTalk
{
    public static ScriptFacts Facts(
        ShopOfCall shop, string agentName, IReadOnlyList<CardOrder> orders, ZoneKey zone, DateTimeOffset now)
    {
        var first = orders.FirstOrDefault(order => order.BuyerName is not null);
        return new(
            shop.Language,
            agentName,
            Speaks(shop),
            first?.BuyerName,
            [.. orders.Select(Spoken)],
            now,
            LocalTimePolicy.ToLocal(now, zone.Zones[0]));
    }

    public static async Task<string> AgentNameAsync(Session session, Guid agent, CancellationToken ct) =>
        await session.QuerySingleOrDefaultAsync<string>("select display_name from users where user_id = @agent", new { agent }, ct) ?? "";

    private static ScriptShop Speaks(ShopOfCall shop)
    {
        var facts = JsonSerializer.Deserialize<ShopSays>(shop.Facts, JsonSerializerOptions.Web) ?? new();
        return new(shop.Name, shop.Currency, facts.ReturnDays, facts.PaymentMethods, facts.ContactWay, facts.SurveyGift, facts.ApologyGift);
    }

    private static ScriptOrder Spoken(CardOrder order) => new(
        OrderNo.Parse(order.OrderNo),
        order.Status,
        new(order.Amount, order.Currency),
        [.. order.Items.Select(item => new ScriptItem(item.Title, item.Quantity))],
        order.OrderedAt,
        order.ShippedAt,
        order.DeliveredAt,
        order.Courier,
        order.TrackingNo);

    private sealed record ShopSays(
        int? ReturnDays = null, string? PaymentMethods = null, string? ContactWay = null, string? SurveyGift = null, string? ApologyGift = null);
}
