using System.Globalization;
using Callback.Windows;

namespace Callback.Tests.Windows;

public sealed class LocalTimePolicyTests
{
    [Theory]
    [InlineData("America/New_York", "2026-03-08 01:59", "2026-03-08 06:59Z")]
    [InlineData("America/New_York", "2026-03-08 02:00", "2026-03-08 07:00Z")]
    [InlineData("America/New_York", "2026-03-08 02:30", "2026-03-08 07:30Z")]
    [InlineData("America/New_York", "2026-03-08 03:00", "2026-03-08 07:00Z")]
    [InlineData("Europe/London", "2026-03-29 01:30", "2026-03-29 01:30Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:45Z")]
    public void A_time_that_the_clocks_skip_moves_forward_by_the_gap(string zone, string local, string utc) =>
        Assert.Equal(Utc(utc), LocalTimePolicy.ToInstant(Local(local), zone));

    [Theory]
    [InlineData("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30Z")]
    [InlineData("Europe/London", "2026-10-25 01:30", "2026-10-25 00:30Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45Z")]
    public void A_time_that_comes_twice_means_the_earlier_one(string zone, string local, string utc) =>
        Assert.Equal(Utc(utc), LocalTimePolicy.ToInstant(Local(local), zone));

    [Fact]
    public void Shanghai_is_eight_hours_ahead_all_year()
    {
        Assert.Equal(Utc("2026-01-15 03:00Z"), LocalTimePolicy.ToInstant(Local("2026-01-15 11:00"), "Asia/Shanghai"));
        Assert.Equal(Utc("2026-07-15 03:00Z"), LocalTimePolicy.ToInstant(Local("2026-07-15 11:00"), "Asia/Shanghai"));
    }

    private static DateTime Local(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
