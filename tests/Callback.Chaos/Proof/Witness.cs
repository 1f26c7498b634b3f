using Callback.Chaos.Actors;

namespace Callback.Chaos.Proof;

/// <summary>
/// Holds the phone network's log against what the harness itself intended: how many orders each number has, when it may ring, when it was paid or opted out. Nothing of the
/// program's own word goes into this.
/// </summary>
/// <param name="offset">The installation's clock minus the machine's.</param>
/// <param name="late">After a payment's acknowledgement a gate that passed before it may still let a phone ring for so long: deadline and request life.</param>
internal sealed class Witness(ShopPlan plan, Ledger ledger, TimeSpan offset, TimeSpan late)
{
    private readonly Dictionary<string, Customer> customers = plan.Customers.ToDictionary(customer => customer.Number);

    public Testimony Hear(IReadOnlyList<RingLine> lines)
    {
        var rings = lines.Where(line => line.What == "rang" && customers.ContainsKey(line.Number)).ToList();
        return new(
            rings.Count,
            [.. TwiceByNumber(rings), .. TwiceByAttempt(rings)],
            [.. rings.Where(ring => !plan.MayRing(customers[ring.Number].Zone, ring.At + offset)).Select(ring => $"{ring.Call} of {customers[ring.Number].Zone} rang outside its hours, at {ring.At:O}")],
            [.. rings.Select(AfterWord).OfType<string>()],
            [.. lines.Where(line => line.What == "asked" && line.Attempt is not null).GroupBy(line => line.Attempt).Where(asked => asked.Count() > 1)
                .Select(asked => $"attempt {asked.Key} was asked for {asked.Count()} times")]);
    }

    private IEnumerable<string> TwiceByNumber(List<RingLine> rings) =>
        from ring in rings.GroupBy(ring => ring.Number)
        from more in ring.OrderBy(one => one.At).Skip(customers[ring.Key].Orders.Count)
        select $"{more.Call} rang a number once more than it has orders, at {more.At:O}";

    private static IEnumerable<string> TwiceByAttempt(List<RingLine> rings) =>
        from ring in rings.Where(ring => ring.Attempt is not null).GroupBy(ring => ring.Attempt)
        from more in ring.OrderBy(one => one.At).Skip(1)
        select $"{more.Call} rang once more for attempt {ring.Key}, at {more.At:O}";

    private string? AfterWord(RingLine ring)
    {
        var customer = customers[ring.Number];
        if (customer.Orders.All(ledger.Payments.ContainsKey) && customer.Orders.Max(order => ledger.Payments[order]) is var paid && ring.At > paid + late)
            return $"{ring.Call} rang {(ring.At - paid).TotalSeconds:0.0} s after the payment of {string.Join(", ", customer.Orders)} was acknowledged";
        return ledger.OptOuts.TryGetValue(ring.Number, out var opted) && ring.At > opted + late
            ? $"{ring.Call} rang {(ring.At - opted).TotalSeconds:0.0} s after the opt-out was acknowledged"
            : null;
    }
}

/// <summary>What the phone network's log says.</summary>
internal sealed record Testimony(
    int Rings, IReadOnlyList<string> Twice, IReadOnlyList<string> Outside, IReadOnlyList<string> AfterWord, IReadOnlyList<string> AskedTwice);
