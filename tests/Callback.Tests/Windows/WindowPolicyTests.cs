using Callback.Windows;

namespace Callback.Tests.Windows;

public sealed class WindowPolicyTests
{
    private static readonly ZoneKey Shanghai = new("Asia/Shanghai");
    private static readonly EffectivePolicy China = Shipped.Policies.Effective("cn-default");

    [Theory]
    [InlineData("2026-11-23 11:00:00", "2026-11-23 11:59:15")]
    [InlineData("2026-11-23 11:30:00", "2026-11-23 11:59:15")]
    [InlineData("2026-11-23 11:59:14", "2026-11-23 11:59:15")]
    [InlineData("2026-11-23 11:59:15", "2026-11-23 11:59:15")]
    [InlineData("2026-11-23 16:00:00", "2026-11-23 20:29:15")]
    [InlineData("2026-11-23 20:29:15", "2026-11-23 20:29:15")]
    [InlineData("2026-11-22 16:00:00", "2026-11-22 20:29:15")]
    [InlineData("2026-12-31 20:00:00", "2026-12-31 20:29:15")]
    public void Window_is_open_until_the_guard_before_its_end(string at, string lastStart)
    {
        var open = Assert.IsType<WindowState.Open>(WindowPolicy.At(China, Shanghai, In(at)));

        Assert.Equal(In(lastStart), open.ClosesAt);
    }

    [Theory]
    [InlineData("2026-11-23 10:59:59.999", ClosedReason.OutsideWindow, "2026-11-23 11:00")]
    [InlineData("2026-11-23 11:59:15.001", ClosedReason.Closing, "2026-11-23 16:00")]
    [InlineData("2026-11-23 11:59:16", ClosedReason.Closing, "2026-11-23 16:00")]
    [InlineData("2026-11-23 12:00:00", ClosedReason.OutsideWindow, "2026-11-23 16:00")]
    [InlineData("2026-11-23 15:59:59", ClosedReason.OutsideWindow, "2026-11-23 16:00")]
    [InlineData("2026-11-23 20:29:16", ClosedReason.Closing, "2026-11-24 11:00")]
    [InlineData("2026-11-23 20:30:00", ClosedReason.OutsideWindow, "2026-11-24 11:00")]
    [InlineData("2026-11-23 21:00:00", ClosedReason.QuietHours, "2026-11-24 11:00")]
    [InlineData("2026-11-23 07:59:59", ClosedReason.QuietHours, "2026-11-23 11:00")]
    [InlineData("2026-10-01 11:30:00", ClosedReason.Holiday, "2026-10-08 11:00")]
    [InlineData("2026-09-30 20:30:00", ClosedReason.OutsideWindow, "2026-10-08 11:00")]
    [InlineData("2026-02-15 00:00:00", ClosedReason.Holiday, "2026-02-24 11:00")]
    [InlineData("2026-02-14 20:30:00", ClosedReason.OutsideWindow, "2026-02-24 11:00")]
    [InlineData("2027-01-04 11:30:00", ClosedReason.NoCalendar, null)]
    [InlineData("2025-12-31 11:30:00", ClosedReason.NoCalendar, "2026-01-04 11:00")]
    [InlineData("2026-12-31 20:30:00", ClosedReason.OutsideWindow, null)]
    public void Window_is_closed_with_a_reason_and_the_next_opening(string at, ClosedReason reason, string? opens)
    {
        var closed = Assert.IsType<WindowState.Closed>(WindowPolicy.At(China, Shanghai, In(at)));

        Assert.Equal((reason, opens is null ? null : In(opens)), (closed.Reason, closed.OpensAt));
    }

    [Theory]
    [InlineData("2026-10-10 11:30", true)] // Saturday, worked for National Day
    [InlineData("2026-09-20 11:30", true)] // Sunday, worked for National Day
    [InlineData("2026-10-10 15:30", false)] // Monday's hours hold, not Saturday's
    [InlineData("2026-10-17 11:30", false)] // an ordinary Saturday
    [InlineData("2026-10-17 15:30", true)]
    public void A_make_up_workday_has_the_hours_of_a_Monday(string at, bool open)
    {
        var weekdaysAtNoon = China with
        {
            Week = WeekPlan.Of((weekday, kind) => (weekday, kind) switch
            {
                (_, DayKind.Holiday) => WindowSet.Closed,
                (_, DayKind.MakeUpWorkday) or (not DayOfWeek.Saturday and not DayOfWeek.Sunday, _) => WindowSet.Of(CallWindow.Parse("11:00-12:00")),
                _ => WindowSet.Of(CallWindow.Parse("15:00-16:00")),
            }),
        };

        Assert.Equal(open, WindowPolicy.At(weekdaysAtNoon, Shanghai, In(at)) is WindowState.Open);
    }

    [Fact]
    public void A_weekday_without_windows_is_a_day_off()
    {
        var london = new ZoneKey("Europe/London");
        var sunday = LocalTimePolicy.ToInstant(new DateTime(2026, 11, 22, 11, 0, 0), "Europe/London");

        var closed = Assert.IsType<WindowState.Closed>(WindowPolicy.At(Shipped.Policies.Effective("uk"), london, sunday));

        Assert.Equal((ClosedReason.DayOff, sunday.AddHours(22)), (closed.Reason, closed.OpensAt));
    }

    [Fact]
    public void The_last_start_leaves_time_to_ring_where_ringing_takes_longer_than_the_guard()
    {
        var patient = China with { RingTime = TimeSpan.FromSeconds(60) };

        Assert.Equal(In("2026-11-23 11:59:00"), Assert.IsType<WindowState.Open>(WindowPolicy.At(patient, Shanghai, In("2026-11-23 11:30"))).ClosesAt);
        Assert.Equal(In("2026-11-23 11:59:15"), Assert.IsType<WindowState.Open>(WindowPolicy.At(patient with { RingInsideWindow = false }, Shanghai, In("2026-11-23 11:30"))).ClosesAt);
    }

    [Theory]
    [InlineData("2026-11-23 15:59:59", false)] // 10:59:59 in New York, 09:59:59 in Chicago
    [InlineData("2026-11-23 16:59:59", false)] // 11:59:59 and 10:59:59
    [InlineData("2026-11-23 21:59:59", false)] // 16:59:59 and 15:59:59
    [InlineData("2026-11-23 22:00:00", true)] // 17:00 and 16:00
    [InlineData("2026-11-24 01:29:15", true)] // 20:29:15 and 19:29:15
    [InlineData("2026-11-24 01:29:16", false)]
    public void Two_zones_are_open_only_where_both_are(string utc, bool open)
    {
        var policy = China with { Calendar = null };
        var at = DateTimeOffset.Parse(utc + "Z", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(open, WindowPolicy.At(policy, ZoneKey.Of("America/New_York", "America/Chicago"), at) is WindowState.Open);
    }

    [Fact]
    public void Zones_on_opposite_sides_of_the_earth_may_never_open_together()
    {
        var key = ZoneKey.Of("Asia/Shanghai", "America/New_York");

        var closed = Assert.IsType<WindowState.Closed>(WindowPolicy.At(China with { Calendar = null }, key, In("2026-11-23 11:30")));

        Assert.Null(closed.OpensAt);
    }

    [Fact]
    public void A_policy_of_day_and_night_has_no_seam_at_midnight()
    {
        var none = Shipped.Policies.Effective("none") with { ClosingGuard = TimeSpan.FromSeconds(45) };

        Assert.IsType<WindowState.Open>(WindowPolicy.At(none, Shanghai, In("2026-11-23 23:59:59")));
        Assert.IsType<WindowState.Open>(WindowPolicy.At(none, Shanghai, In("2026-11-24 00:00:00")));
    }

    [Theory]
    [InlineData("2026-10-01 15:00", true)] // a holiday, between the windows: the customer chose it
    [InlineData("2027-01-01 08:00", true)] // no calendar is needed
    [InlineData("2026-11-23 20:59:15", true)]
    [InlineData("2026-11-23 20:59:16", false)]
    [InlineData("2026-11-23 07:59:59", false)]
    public void A_promised_call_is_bound_by_the_legal_hours_alone(string at, bool open) =>
        Assert.Equal(open, WindowPolicy.AtPromised(China, Shanghai, In(at)) is WindowState.Open);

    // Clocks in New York: forward 2026-03-08 07:00Z, back 2026-11-01 06:00Z.
    [Theory]
    [InlineData("02:30-03:30", "2026-03-08 06:59:59", false)]
    [InlineData("02:30-03:30", "2026-03-08 07:00:00", true)] // 03:00, the hour before does not exist
    [InlineData("01:00-02:30", "2026-03-08 06:59:15", true)]
    [InlineData("01:00-02:30", "2026-03-08 06:59:16", false)] // the window ends where the clocks jump
    [InlineData("01:00-01:45", "2026-11-01 05:44:15", true)] // first pass
    [InlineData("01:00-01:45", "2026-11-01 05:44:16", false)]
    [InlineData("01:00-01:45", "2026-11-01 05:59:59", false)]
    [InlineData("01:00-01:45", "2026-11-01 06:00:00", true)] // second pass
    [InlineData("01:30-02:30", "2026-11-01 05:59:15", true)]
    [InlineData("01:30-02:30", "2026-11-01 05:59:16", false)] // 02:00 becomes 01:00, outside
    [InlineData("01:30-02:30", "2026-11-01 06:30:00", true)]
    public void Windows_at_night_follow_the_clock_on_the_wall(string window, string utc, bool open)
    {
        var policy = Shipped.Policies.Effective("none") with { Week = WeekPlan.Daily(WindowSet.Of(CallWindow.Parse(window))), ClosingGuard = TimeSpan.FromSeconds(45) };
        var at = DateTimeOffset.Parse(utc + "Z", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(open, WindowPolicy.At(policy, new("America/New_York"), at) is WindowState.Open);
    }

    private static DateTimeOffset In(string local) =>
        LocalTimePolicy.ToInstant(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), "Asia/Shanghai");
}
