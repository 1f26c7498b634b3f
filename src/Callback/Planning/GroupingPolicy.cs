using Callback.Windows;

namespace Callback.Planning;

/// <summary>One call to one person about all of the orders in it.</summary>
/// <param name="Orders">The leading order first: its number is dialed.</param>
/// <param name="Zone">The zones of all its orders.</param>
/// <param name="At">From when it may be made.</param>
/// <param name="ClosesAt">The last moment of its window.</param>
public sealed record PersonCallPlan(IReadOnlyList<OrderPlan> Orders, ZoneKey Zone, DateTimeOffset At, DateTimeOffset ClosesAt)
{
    public OrderPlan Lead => Orders[0];
}

/// <summary>
/// Brings orders together by person: the same number or the same buyer, also over a third order that shares one with each. The leading order (by grant before
/// first, then the newest) gives the number, the campaign and the moment; an order that may not be called at that moment in that campaign waits its turn.
/// </summary>
public static class GroupingPolicy
{
    public static IReadOnlyList<PersonCallPlan> Group(IReadOnlyList<OrderPlan> orders, DateTimeOffset now) =>
        [.. Together(orders, order => order.Facts.PersonKeys).Select(person => Call(person, now))];

    /// <summary>Union-find: what shares a key is together, also over a third.</summary>
    public static IReadOnlyList<IReadOnlyList<T>> Together<T>(IReadOnlyList<T> things, Func<T, IEnumerable<byte[]>> keys)
    {
        var parents = Enumerable.Range(0, things.Count).ToArray();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < things.Count; i++)
            foreach (var key in keys(things[i]).Select(Convert.ToHexString))
                if (!seen.TryAdd(key, i))
                    parents[Root(i)] = Root(seen[key]);
        return [.. Enumerable.Range(0, things.Count).GroupBy(Root, i => things[i]).Select(group => group.ToList())];

        int Root(int i)
        {
            while (parents[i] != i)
                i = parents[i] = parents[parents[i]];
            return i;
        }
    }

    private static PersonCallPlan Call(IReadOnlyList<OrderPlan> person, DateTimeOffset now)
    {
        if (person is [var only])
            return new([only], only.Facts.Zone!.Value, only.At, only.ClosesAt);
        var lead = person
            .OrderByDescending(order => PriorityPolicy.Rank(order.Kind))
            .ThenByDescending(order => order.Facts.AgeFrom)
            .ThenBy(order => order.Facts.OrderNo.Value, StringComparer.Ordinal)
            .First();
        var everywhere = ZoneKey.Of(person.SelectMany(order => order.Facts.Zone!.Value.Ids));
        var (zone, plan) = everywhere != lead.Facts.Zone && LookAheadPolicy.Judge(lead.Facts with { Zone = everywhere }, now).Plan is { } common
            ? (everywhere, common)
            : (lead.Facts.Zone!.Value, lead);
        var others = person.Where(order => !ReferenceEquals(order, lead)).Select(order => Along(order, zone, plan)).OfType<OrderPlan>();
        return new([plan, .. others.OrderBy(order => order.Facts.OrderNo.Value, StringComparer.Ordinal)], zone, plan.At, plan.ClosesAt);
    }

    private static OrderPlan? Along(OrderPlan order, ZoneKey zone, OrderPlan lead)
    {
        if (!order.Facts.Zone!.Value.Ids.All(zone.Ids.Contains))
            return null;
        var facts = order.Facts with { Campaign = lead.Facts.Campaign, Zone = zone };
        return EligibilityPolicy.Decide(facts, lead.At) is Eligibility.Eligible may ? new(facts, may.Kind, may.GrantNo, lead.At, may.ClosesAt) : null;
    }
}
