using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.Planning;

internal sealed record MadeOrder(int Person, int? Buyer, bool Number, double AgeHours, int Amount, OrderStatus Status, double DataHours, bool Api, string Zone, bool Spent, int Grant, int Suppressed, double? RefundHours, double? ClosedHours);

internal sealed record MadeCall(int Person, double HoursAgo, bool NotPlaced, bool Talked);

/// <param name="Hour">Hours after midnight UTC of the Monday at which the planner looks.</param>
internal sealed record MadeShop(IReadOnlyList<MadeOrder> Orders, IReadOnlyList<MadeCall> Calls, int Holdout, int MinAmount, bool Second, bool Capped, double Hour)
{
    public DateTimeOffset Now => new DateTimeOffset(2026, 3, 16, 0, 0, 0, TimeSpan.Zero).AddHours(Hour);

    public string Number(MadeOrder order) => $"{order.Person}";
}

/// <summary>Makes shops that hold something of everything that can stand against a call, near the edges of it.</summary>
internal static class GeneratedShop
{
    private static readonly string[] Zones = ["Asia/Shanghai", "Asia/Shanghai", "Europe/London", "America/New_York"];

    public static Arbitrary<MadeShop> Any { get; } = Arb.From(
        from orders in Order.ListOf(24)
        from calls in Call.ListOf(3)
        from holdout in Gen.Elements(0, 0, 30)
        from minAmount in Gen.Elements(0, 0, 100)
        from second in Gen.Elements(true, false)
        from capped in Gen.Elements(true, false)
        from hour in Gen.Choose(0, 47).Select(half => half / 2.0)
        select new MadeShop([.. orders], [.. calls], holdout, minAmount, second, capped, hour),
        Shrink);

    private static Gen<MadeOrder> Order =>
        from person in Gen.Choose(1, 12)
        from buyer in Gen.Frequency((2, Gen.Constant((int?)null)), (3, Gen.Choose(1, 8).Select(b => (int?)b)))
        from number in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        from age in Gen.Elements(0.25, 0.5, 2, 5, 30, 60, 71.5, 72, 90, 200)
        from amount in Gen.Elements(50, 99, 100, 500)
        from status in Gen.Frequency((6, Gen.Constant(OrderStatus.Unpaid)), (3, Gen.Constant(OrderStatus.Delivered)), (2, Gen.Elements(OrderStatus.Paid, OrderStatus.Shipped, OrderStatus.Refunded, OrderStatus.Closed)))
        from data in Gen.Elements(0.1, 0.2, 1, 11, 13)
        from api in Gen.Elements(false, false, false, true)
        from spent in Gen.Frequency((8, Gen.Constant(false)), (1, Gen.Constant(true)))
        from grant in Gen.Choose(0, 5)
        from suppressed in Gen.Frequency((12, Gen.Constant(0)), (1, Gen.Choose(1, 5)))
        from refund in Gen.Frequency((3, Gen.Constant((double?)null)), (2, Gen.Elements(0.25, 0.5, 5, 30, 47.5, 48, 60).Select(hours => (double?)hours)))
        from closed in Gen.Frequency((2, Gen.Constant((double?)null)), (1, Gen.Elements(0.1, 0.5, 5, 31, 70).Select(hours => (double?)hours)))
        select new MadeOrder(person, buyer, number, age, amount, status, data, api, Zones[person % Zones.Length], spent, grant, suppressed, refund, closed);

    private static Gen<MadeCall> Call =>
        from person in Gen.Choose(1, 12)
        from hours in Gen.Elements(1, 23, 25, 100, 167, 169, 600)
        from notPlaced in Gen.Elements(false, false, true)
        from talked in Gen.Elements(true, false)
        select new MadeCall(person, hours, notPlaced, talked);

    private static IEnumerable<MadeShop> Shrink(MadeShop shop)
    {
        for (var i = 0; i < shop.Orders.Count; i++)
            yield return shop with { Orders = [.. shop.Orders.Where((_, at) => at != i)] };
        for (var i = 0; i < shop.Calls.Count; i++)
            yield return shop with { Calls = [.. shop.Calls.Where((_, at) => at != i)] };
    }
}
