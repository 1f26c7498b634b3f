using Callback.Chaos.Actors;
using Callback.Chaos.Ground;
using Callback.Chaos.Proof;

namespace Callback.Web.Tests.Chaos;

/// <summary>The storm's witness sees what is shown to it: each kind of ring that must not be, beside one that may.</summary>
public sealed class WitnessTests : IDisposable
{
    private const string One = "+8613900000001";
    private const string Two = "+919800000002";

    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 30, TimeSpan.FromHours(8));

    private readonly RunFolder run = RunFolder.Create("witness", 1);
    private readonly Ledger ledger;

    public WitnessTests() => ledger = new(run);

    [Fact]
    public void A_number_may_ring_once_for_each_of_its_orders()
    {
        Assert.Empty(Hear(Rang(One, 0), Rang(Two, 0), Rang(Two, 10)).Twice);
        Assert.Single(Hear(Rang(One, 0), Rang(One, 10)).Twice);
        Assert.Single(Hear(Rang(Two, 0), Rang(Two, 10), Rang(Two, 20)).Twice);
    }

    [Fact]
    public void An_attempt_rings_once_even_where_its_number_has_two_orders()
    {
        var attempt = Guid.CreateVersion7(Noon);
        Assert.Single(Hear(Rang(Two, 0, attempt), Rang(Two, 10, attempt)).Twice);
    }

    [Fact]
    public void An_agents_own_phone_may_ring_as_often_as_it_likes() => Assert.Equal(0, Hear(Rang("+12025550001", 0), Rang("+12025550001", 1)).Rings);

    [Theory]
    [InlineData(-31, true)]
    [InlineData(-30, false)]
    [InlineData(89, false)]
    [InlineData(90, true)]
    public void A_ring_is_outside_from_the_second_at_which_its_own_zone_closes(int second, bool outside) =>
        Assert.Equal(outside, Hear(Rang(One, second)).Outside.Count == 1);

    [Fact]
    public void Each_number_is_held_to_the_hours_of_its_own_zone()
    {
        const int ZonesApart = 2 * 3600 + 1800;
        Assert.Empty(Hear(Rang(One, 0), Rang(Two, ZonesApart)).Outside);
        Assert.Equal(2, Hear(Rang(One, ZonesApart), Rang(Two, 0)).Outside.Count);
    }

    [Fact]
    public void After_an_acknowledged_payment_only_a_gate_that_passed_before_may_still_ring()
    {
        ledger.Paid("A");
        var paid = ledger.Payments["A"];
        Assert.Empty(Hear(Rang(One, paid + Late - TimeSpan.FromMilliseconds(1))).AfterWord);
        Assert.Single(Hear(Rang(One, paid + Late + TimeSpan.FromMilliseconds(1))).AfterWord);
    }

    [Fact]
    public void With_one_of_two_orders_paid_the_other_may_be_called_about()
    {
        ledger.Paid("B");
        Assert.Empty(Hear(Rang(Two, ledger.Payments["B"] + Late * 2)).AfterWord);
        ledger.Paid("C");
        Assert.Single(Hear(Rang(Two, ledger.Payments["C"] + Late * 2)).AfterWord);
    }

    [Fact]
    public void Who_opted_out_is_not_called()
    {
        ledger.OptedOut(One);
        Assert.Single(Hear(Rang(One, ledger.OptOuts[One] + Late * 2)).AfterWord);
        Assert.Empty(Hear(Rang(Two, ledger.OptOuts[One] + Late * 2)).AfterWord);
    }

    [Fact]
    public void The_provider_is_asked_once_for_an_attempt()
    {
        var attempt = Guid.CreateVersion7(Noon);
        RingLine asked = new(Noon, "asked", One, null, attempt);
        Assert.Empty(Hear(asked).AskedTwice);
        Assert.Single(Hear(asked, asked).AskedTwice);
    }

    public void Dispose()
    {
        ledger.Dispose();
        run.Remove();
    }

    private static RingLine Rang(string number, int second, Guid? attempt = null) => Rang(number, Noon.AddSeconds(second), attempt);

    private static RingLine Rang(string number, DateTimeOffset at, Guid? attempt = null) => new(at, "rang", number, $"CA{at.Ticks}", attempt ?? Guid.CreateVersion7(at));

    /// <summary>Open from 12:00 to 12:02, which in Kolkata is two and a half hours later than in Shanghai.</summary>
    private Testimony Hear(params RingLine[] lines)
    {
        Customer[] customers = [new(One, "Asia/Shanghai", "CN", ["A"]), new(Two, "Asia/Kolkata", "IN", ["B", "C"])];
        var plan = new ShopPlan(customers, [], [(new(12, 0), new(12, 2))], TimeSpan.Zero);
        return new Witness(plan, ledger, TimeSpan.Zero, Late).Hear(lines);
    }
}
