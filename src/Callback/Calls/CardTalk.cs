using System.Text.Json;
using Callback.CallScripts;
using Callback.Database;
using Callback.Orders;
using Callback.Windows;

namespace Callback.Calls;

/// <summary>What a call script may speak of on a card: the same facts when the card is shown and when its result is saved.</summary>
internal static class CardTalk
{
    /// <param name="shop">Whose customers are called.</param>
    /// <param name="language">Of <see cref="CallScriptBook.SpokenLanguage"/>.</param>
    /// <param name="agentName">As the customer hears it.</param>
    /// <param name="orders">Of the card.</param>
    /// <param name="calendar">The policy's holidays; null: it knows none.</param>
    /// <param name="zone">The called party's.</param>
    /// <param name="now">The moment of the talk.</param>
    public static ScriptFacts Facts(
        ShopOfCall shop, string language, string agentName, IReadOnlyList<CardOrder> orders, HolidayCalendar? calendar, ZoneKey zone, DateTimeOffset now)
    {
        var first = orders.FirstOrDefault(order => order.BuyerName is not null);
        var local = LocalTimePolicy.ToLocal(now, zone.Zones[0]);
        return new(
            language,
            agentName,
            Speaks(shop),
            first?.BuyerName,
            [.. orders.Select(Spoken)],
            now,
            local,
            FreeDaysPolicy.HolidayNear(calendar, local) is { } holiday ? (language == "en" ? holiday.En : holiday.Zh) : null,
            FreeDaysPolicy.WeekendNear(calendar, local),
            TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(shop.Zone)).DateTime);
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
        order.TrackingNo,
        order.Cases.StockLeft,
        order.Cases.OfferEndsOn,
        Reported(order.Cases));

    private static ScriptCase Reported(OrderCases cases) => new(
        cases.DeliveryProblem, cases.OutOfStockItem, cases.OutOfStockReason, cases.RefundRequestedAt, cases.RefundReason, cases.ComplaintClosedAt, cases.ComplaintResult);

    private sealed record ShopSays(
        int? ReturnDays = null, string? PaymentMethods = null, string? ContactWay = null, string? SurveyGift = null, string? ApologyGift = null);
}
