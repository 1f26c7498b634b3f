using Callback.Windows;

namespace Callback.Tests.Windows;

public sealed class FreeDaysPolicyTests
{
    private static readonly HolidayCalendar China = Shipped.Policies.Effective("cn-default").Calendar!;

    [Theory]
    [InlineData("2026-09-22T16:00", null)]
    [InlineData("2026-09-23T16:00", "中秋节")]
    [InlineData("2026-09-26T11:00", "中秋节")]
    [InlineData("2026-10-01T11:00", "国庆节")]
    [InlineData("2026-10-08T11:00", null)]
    public void A_holiday_is_named_from_two_days_before_to_its_last_day(string local, string? zh) =>
        Assert.Equal(zh, FreeDaysPolicy.HolidayNear(China, At(local))?.Zh);

    [Theory]
    [InlineData("2026-12-29T16:00", null)]
    [InlineData("2026-12-30T16:00", "New Year")]
    [InlineData("2027-01-01T16:00", "New Year")]
    [InlineData("2027-01-02T16:00", null)]
    public void New_year_is_known_without_a_calendar_and_in_a_year_without_a_file(string local, string? en)
    {
        Assert.Equal(en, FreeDaysPolicy.HolidayNear(null, At(local))?.En);
        Assert.Equal(en, FreeDaysPolicy.HolidayNear(China, At(local))?.En);
    }

    [Fact]
    public void A_holiday_of_a_calendar_goes_before_the_new_year_that_follows_it()
    {
        var calendar = new HolidayCalendar("made-up", [2026], [new(new(2026, 12, 31), DayKind.Holiday, "Old Year's Day (observed)", "除夕（补休）")]);
        Assert.Equal(("Old Year's Day", "除夕"), FreeDaysPolicy.HolidayNear(calendar, At("2026-12-30T11:00")));
    }

    [Theory]
    [InlineData("2026-11-19T18:00", false)]
    [InlineData("2026-11-20T11:59", false)]
    [InlineData("2026-11-20T12:00", true)]
    [InlineData("2026-11-21T11:00", true)]
    [InlineData("2026-11-22T20:00", true)]
    [InlineData("2026-02-13T16:00", false)] // Saturday the 14th is worked for Spring Festival
    [InlineData("2026-02-28T11:00", true)] // worked, but the Sunday behind it is free
    [InlineData("2026-09-20T11:00", false)] // a Sunday that is worked for National Day
    public void A_weekend_is_near_unless_it_is_worked(string local, bool near) => Assert.Equal(near, FreeDaysPolicy.WeekendNear(China, At(local)));

    private static DateTime At(string local) => DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);
}
