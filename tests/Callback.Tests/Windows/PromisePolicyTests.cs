using System.Globalization;
using Callback.Windows;

namespace Callback.Tests.Windows;

public sealed class PromisePolicyTests
{
    private static readonly ZoneKey Shanghai = new("Asia/Shanghai");
    private static readonly EffectivePolicy China = Shipped.Policies.Effective("cn-default");
    private static readonly DateTimeOffset Now = In("2026-11-23 11:20");

    [Theory]
    [InlineData("2026-11-23 11:20:00", PromiseVerdict.InThePast)]
    [InlineData("2026-11-23 11:20:01", PromiseVerdict.Allowed)]
    [InlineData("2026-11-23 14:00:00", PromiseVerdict.Allowed)] // outside the windows, as the customer wishes
    [InlineData("2026-11-23 20:59:15", PromiseVerdict.Allowed)]
    [InlineData("2026-11-23 20:59:16", PromiseVerdict.OutsideLegalHours)]
    [InlineData("2026-11-23 21:00:00", PromiseVerdict.OutsideLegalHours)]
    [InlineData("2026-11-24 07:59:59", PromiseVerdict.OutsideLegalHours)]
    [InlineData("2026-11-24 08:00:00", PromiseVerdict.Allowed)]
    [InlineData("2026-12-07 11:20:00", PromiseVerdict.Allowed)]
    [InlineData("2026-12-07 11:20:01", PromiseVerdict.TooFarAhead)]
    public void A_promise_lies_ahead_in_the_legal_hours_of_the_next_fourteen_days(string at, PromiseVerdict verdict) =>
        Assert.Equal(verdict, PromisePolicy.Check(China, Shanghai, In(at), Now));

    [Fact]
    public void A_promise_is_legal_in_every_zone_of_the_called_party()
    {
        var at = DateTimeOffset.Parse("2026-11-24 01:30Z", CultureInfo.InvariantCulture); // 20:30 in New York, 17:30 in Los Angeles

        Assert.Equal(PromiseVerdict.Allowed, PromisePolicy.Check(China, ZoneKey.Of("America/New_York", "America/Los_Angeles"), at, Now));
        Assert.Equal(PromiseVerdict.OutsideLegalHours, PromisePolicy.Check(China, ZoneKey.Of("America/New_York", "America/Los_Angeles"), at.AddHours(1), Now));
    }

    [Fact]
    public void Slots_of_today_begin_after_now_and_end_before_the_night()
    {
        var slots = PromisePolicy.Slots(China, Shanghai, new(2026, 11, 23), Now);

        Assert.Equal((In("2026-11-23 11:30"), In("2026-11-23 20:45")), (slots[0].At, slots[^1].At));
        Assert.Equal(38, slots.Count);
        Assert.All(slots, slot => Assert.Equal(PromiseVerdict.Allowed, PromisePolicy.Check(China, Shanghai, slot.At, Now)));
    }

    [Fact]
    public void Slots_of_a_day_that_is_over_or_too_far_ahead_are_none()
    {
        Assert.Empty(PromisePolicy.Slots(China, Shanghai, new(2026, 11, 22), Now));
        Assert.Empty(PromisePolicy.Slots(China, Shanghai, new(2026, 12, 8), Now));
    }

    [Theory]
    [InlineData("2026-03-08", 92)] // the hour from 02:00 does not exist
    [InlineData("2026-11-01", 96)] // the hour from 01:00 comes twice and is offered once
    [InlineData("2026-11-02", 96)]
    public void Slots_follow_the_clock_on_the_wall(string day, int count)
    {
        var on = DateOnly.Parse(day, CultureInfo.InvariantCulture);
        var dayBefore = LocalTimePolicy.ToInstant(on.ToDateTime(TimeOnly.MinValue).AddDays(-1), "America/New_York");

        Assert.Equal(count, PromisePolicy.Slots(Shipped.Policies.Effective("none"), new("America/New_York"), on, dayBefore).Count);
    }

    private static DateTimeOffset In(string local) => LocalTimePolicy.ToInstant(DateTime.Parse(local, CultureInfo.InvariantCulture), "Asia/Shanghai");
}
