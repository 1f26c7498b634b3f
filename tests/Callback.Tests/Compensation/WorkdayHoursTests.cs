using Callback.Compensation;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.Compensation;

/// <summary>Hours to ship may leave out the weekend, which is that of the shop's clock.</summary>
public sealed class WorkdayHoursTests
{
    private const string Shanghai = "Asia/Shanghai";

    private static readonly ShippingTerms Hours = Claims.Terms<ShippingTerms>(PromiseKind.ShippingTime);

    [Theory]
    [InlineData("2026-11-23T10:00", 48, "2026-11-25T10:00")] // Monday
    [InlineData("2026-11-26T10:00", 48, "2026-11-30T10:00")] // Thursday
    [InlineData("2026-11-27T10:00", 14, "2026-11-28T00:00")] // Friday, to its last moment
    [InlineData("2026-11-27T10:00", 15, "2026-11-30T01:00")]
    [InlineData("2026-11-28T15:00", 1, "2026-11-30T01:00")] // Saturday
    [InlineData("2026-11-29T23:59", 48, "2026-12-02T00:00")] // Sunday
    [InlineData("2026-11-23T10:00", 240, "2026-12-07T10:00")] // two weeks of five days
    public void Saturdays_and_Sundays_take_no_hour(string from, int hours, string to) =>
        Assert.Equal(At(to), DayCountPolicy.AddWorkdayHours(At(from), TimeSpan.FromHours(hours), Shanghai));

    [Fact]
    public void The_weekend_is_that_of_the_shop_and_an_hour_stays_an_hour_when_clocks_change()
    {
        // Friday 20:00 in New York is Saturday in Shanghai; the night to 9 March 2026 has an hour less in New York, on a Sunday that takes none.
        var from = new DateTimeOffset(2026, 3, 6, 20, 0, 0, TimeSpan.FromHours(-5));
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 1, 0, 0, TimeSpan.FromHours(-4)), DayCountPolicy.AddWorkdayHours(from, TimeSpan.FromHours(5), "America/New_York"));
    }

    [Fact]
    public void It_is_never_earlier_than_every_hour_would_be_and_later_by_whole_weekends() => Prop.ForAll(
        Gen.Choose(0, 60 * 24 * 60).SelectMany(minutes => Gen.Choose(1, 30 * 24).Select(hours => (minutes, hours))).ToArbitrary(),
        made =>
        {
            var from = At("2026-11-02T00:00").AddMinutes(made.minutes);
            var plain = from.AddHours(made.hours);
            var counted = DayCountPolicy.AddWorkdayHours(from, TimeSpan.FromHours(made.hours), Shanghai);
            Assert.True(counted >= plain);
            Assert.True(counted - plain <= TimeSpan.FromDays(2 * ((made.hours / 120) + 2)));
            Assert.False(counted.ToOffset(TimeSpan.FromHours(8)).AddTicks(-1).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_parcel_sent_on_Monday_for_a_payment_of_Friday_is_late_by_every_hour_and_in_time_by_workdays()
    {
        var claim = Claims.Case() with { PaidAt = At("2026-11-27T16:00"), ShippedAt = At("2026-11-30T10:00"), Now = At("2026-11-30T12:00") };
        Assert.Equal("shipped-late", ShippingTimePolicy.Of(Hours, claim).Why);
        Assert.Equal("shipped-in-time", ShippingTimePolicy.Of(Hours with { Count = HoursCounted.Workdays }, claim).Why);
        Assert.Equal("shipped-late", ShippingTimePolicy.Of(Hours with { Count = HoursCounted.Workdays }, claim with { ShippedAt = At("2026-12-01T16:00").AddSeconds(1) }).Why);
    }

    [Fact]
    public void Every_hour_counts_unless_the_file_says_otherwise() => Assert.Equal(HoursCounted.All, Hours.Count);

    private static DateTimeOffset At(string local) => new(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
