using System.Globalization;
using Callback.Campaigns;

namespace Callback.Planning;

/// <summary>The place of a call in the queue, and the figures it comes from.</summary>
/// <param name="Priority">The larger, the earlier.</param>
/// <param name="Why">Shown on the Queue screen and the card.</param>
public sealed record CallPriority(double Priority, IReadOnlyDictionary<string, string> Why);

/// <summary>
/// Which call first. By <see cref="CampaignOrder.Value"/>: the amount the call may bring in a minute of an agent's time = amount × chance by age ÷ minutes.
/// Calls by grant go before first calls, promised ones before all; a skipped call goes behind everything that was not skipped.
/// </summary>
/// <remarks>
/// Chance and minutes are assumptions until a shop's own figures replace them: the chance that a call still changes something halves with each day of an
/// unpaid order (from 30 %) and with each week after a delivery (from 60 %); a reminder takes 3 minutes, a call-back after delivery 4, each further order 1.
/// </remarks>
public static class PriorityPolicy
{
    /// <summary>Taken off for each skip.</summary>
    public const double SkipPenalty = 1e10;

    private const double Tier = 1e9;
    private const double Most = 4e8;

    public static CallPriority Of(IReadOnlyList<OrderPlan> orders, DateTimeOffset now, int skips = 0)
    {
        var campaign = orders[0].Facts.Campaign.Campaign;
        var amount = (double)orders.Sum(order => order.Facts.Amount.Amount);
        var oldest = orders.Max(order => Age(order, now));
        var newest = orders.Min(order => Age(order, now));
        var chance = Chance(campaign.Purpose, newest);
        var minutes = Minutes(campaign.Purpose, orders.Count);
        var value = campaign.Settings.OrderBy switch
        {
            CampaignOrder.Oldest => oldest.TotalHours,
            CampaignOrder.Newest => -newest.TotalHours,
            CampaignOrder.Amount => amount,
            _ => amount * chance / minutes,
        };
        var kind = orders.Max(order => Rank(order.Kind));
        return new(
            Math.Clamp(value, -Most, Most) + (kind * Tier) - (skips * SkipPenalty),
            new Dictionary<string, string>
            {
                ["orderBy"] = campaign.Settings.OrderBy.ToString(),
                ["kind"] = orders.MaxBy(order => Rank(order.Kind))!.Kind.ToString(),
                ["amount"] = Text(amount),
                ["currency"] = orders[0].Facts.Amount.Currency,
                ["orders"] = Text(orders.Count),
                ["ageHours"] = Text(newest.TotalHours),
                ["chancePercent"] = Text(100 * chance),
                ["minutes"] = Text(minutes),
                ["value"] = Text(value),
                ["skips"] = Text(skips),
            });
    }

    /// <summary>Promised before repair before technical before released before first.</summary>
    public static int Rank(CallKind kind) => kind switch
    {
        CallKind.Promised => 4,
        CallKind.Repair => 3,
        CallKind.Technical => 2,
        CallKind.Released => 1,
        _ => 0,
    };

    /// <summary>Chance, 0 to 1, that a call about an order of this age changes something.</summary>
    public static double Chance(Purpose purpose, TimeSpan age) => purpose == Purpose.PaymentReminder
        ? 0.3 * Math.Pow(0.5, age.TotalDays)
        : 0.6 * Math.Pow(0.5, age.TotalDays / 7);

    private static double Minutes(Purpose purpose, int orders) => (purpose == Purpose.PaymentReminder ? 3 : 4) + (orders - 1);

    private static TimeSpan Age(OrderPlan order, DateTimeOffset now) => order.Facts.AgeFrom is { } from && from < now ? now - from : TimeSpan.Zero;

    private static string Text(double figure) => Math.Round(figure, 2).ToString(CultureInfo.InvariantCulture);
}
