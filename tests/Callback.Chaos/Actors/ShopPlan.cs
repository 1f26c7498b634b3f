using System.Globalization;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Actors;

/// <summary>Somebody with a phone and open orders, all invented.</summary>
/// <param name="Zone">Where the phone is; its hours count.</param>
internal sealed record Customer(string Number, string Zone, string Country, IReadOnlyList<string> Orders);

/// <summary>An agent of the shop, with the own phone.</summary>
internal sealed record AgentSeat(string Name, string Phone);

/// <summary>
/// What the harness intends, worked out from the seed alone: customers in two zones, and each zone's hours, which open and close every few minutes. It is what the witnesses hold
/// the rings against; the program never sees it but as orders and as a policy file.
/// </summary>
internal sealed class ShopPlan
{
    public const string Shop = "storm";

    /// <summary>Where the installation's clock starts: afternoon in one zone, morning in the other, hours before the night of either.</summary>
    public static readonly DateTimeOffset Clock = new(2026, 11, 23, 11, 0, 0, TimeSpan.FromHours(8));

    private static readonly (string Zone, string Country, string Prefix, int Digits)[] Homes = [("Asia/Shanghai", "CN", "+86139", 8), ("Asia/Kolkata", "IN", "+9198", 8)];

    internal ShopPlan(IReadOnlyList<Customer> customers, IReadOnlyList<AgentSeat> agents, IReadOnlyList<(TimeOnly From, TimeOnly To)> hours, TimeSpan guard) =>
        (Customers, Agents, Hours, Guard) = (customers, agents, hours, guard);

    public IReadOnlyList<Customer> Customers { get; }

    public IReadOnlyList<AgentSeat> Agents { get; }

    /// <summary>Local hours in which a phone may ring, the same in both zones; which differ by two and a half hours, so each has edges of its own.</summary>
    public IReadOnlyList<(TimeOnly From, TimeOnly To)> Hours { get; }

    /// <summary>The last start lies this long before a close: deadline, request life, and something for the network.</summary>
    public TimeSpan Guard { get; }

    /// <param name="customers">How many.</param>
    /// <param name="severalOrders">Share of customers with two orders, called about once.</param>
    /// <param name="edges">Windows that open and close; false: open all day.</param>
    public static ShopPlan Draw(Dice dice, int customers, int agents, double severalOrders, bool edges, ArenaPlan arena)
    {
        var orders = 0;
        var people = new List<Customer>();
        for (var number = 0; number < customers; number++)
        {
            var (zone, country, prefix, digits) = Homes[dice.Below(Homes.Length)];
            var count = dice.Chance(severalOrders) ? 2 : 1;
            people.Add(new(
                prefix + number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0'), zone, country, [.. Enumerable.Range(0, count).Select(_ => $"S{orders++:000000}")]));
        }
        var seats = Enumerable.Range(0, agents).Select(seat => new AgentSeat($"agent{seat}", $"+1202555{seat:0000}"));
        var guard = TimeSpan.FromSeconds(2) + arena.RequestLife + TimeSpan.FromSeconds(4);
        return new(people, [.. seats], edges ? DrawHours(dice.For("hours")) : [(new(8, 0), new(21, 0))], TimeSpan.FromSeconds(Math.Ceiling(guard.TotalSeconds)));
    }

    /// <summary>Whether a phone in this zone may ring at this moment of the installation's clock.</summary>
    public bool MayRing(string zone, DateTimeOffset at)
    {
        var local = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);
        return Hours.Any(hours => local >= hours.From && local < hours.To);
    }

    /// <summary>Open for one to three minutes, closed for one, all day.</summary>
    private static List<(TimeOnly From, TimeOnly To)> DrawHours(Dice dice)
    {
        var hours = new List<(TimeOnly From, TimeOnly To)>();
        for (var from = new TimeOnly(8, 0); from < new TimeOnly(20, 50);)
        {
            var to = from.AddMinutes(1 + dice.Below(3));
            hours.Add((from, to));
            from = to.AddMinutes(1);
        }
        return hours;
    }
}
