using Callback.Tests.Support;
using Callback.Web.Localization;

namespace Callback.Web.Tests.Localization;

public sealed class FmtTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 5, 0, TimeSpan.Zero);

    private static Fmt In(Language language, string zone = "Asia/Shanghai") =>
        new(new Texts(new TextBook(), language), TimeZoneInfo.FindSystemTimeZoneById(zone), new ManualTime(Now));

    [Theory]
    [InlineData(20, "just now", "刚刚")]
    [InlineData(60, "60 seconds ago", "60 秒前")]
    [InlineData(5 * 60, "5 minutes ago", "5 分钟前")]
    [InlineData(3 * 3600, "3 hours ago", "3 小时前")]
    [InlineData(49 * 3600, "2 days ago", "2 天前")]
    [InlineData(-5 * 60, "in 5 minutes", "5 分钟后")]
    public void Age_is_said_in_the_greatest_fitting_unit(int secondsAgo, string english, string chinese)
    {
        var at = Now - TimeSpan.FromSeconds(secondsAgo);
        Assert.Equal(english, In(Language.English).Age(at));
        Assert.Equal(chinese, In(Language.Chinese).Age(at));
    }

    [Theory]
    [InlineData("Asia/Shanghai", "today 13:05", "今天 13:05")]
    [InlineData("America/New_York", "tomorrow 00:05", "明天 00:05")]
    public void Moment_is_told_on_the_shops_clock_and_against_its_day(string zone, string english, string chinese)
    {
        var at = Now + TimeSpan.FromHours(2);
        Assert.Equal(english, In(Language.English, zone).When(at));
        Assert.Equal(chinese, In(Language.Chinese, zone).When(at));
    }

    [Theory]
    [InlineData(128.5, "CNY", "¥128.50")]
    [InlineData(-3, "EUR", "−€3.00")]
    [InlineData(1234567, "SEK", "1,234,567.00 SEK")]
    public void Money_names_its_currency(decimal amount, string currency, string written) =>
        Assert.Equal(written, In(Language.English).Money(amount, currency));

    [Fact]
    public void Day_names_its_year_only_when_it_is_another()
    {
        Assert.Equal("22 Nov", In(Language.English).Day(new DateOnly(2026, 11, 22)));
        Assert.Equal("22 Nov 2025", In(Language.English).Day(new DateOnly(2025, 11, 22)));
        Assert.Equal("2025年11月22日", In(Language.Chinese).Day(new DateOnly(2025, 11, 22)));
    }

    [Theory]
    [InlineData(0, "0:00")]
    [InlineData(245, "4:05")]
    [InlineData(3750, "1:02:30")]
    [InlineData(-5, "0:00")]
    public void Clock_counts_minutes_and_never_runs_below_zero(int seconds, string written) =>
        Assert.Equal(written, Fmt.Clock(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN")]
    [InlineData("de,en-US;q=0.7", "en")]
    [InlineData("de", "zh-CN")]
    [InlineData(null, "zh-CN")]
    public void Language_follows_the_browser_until_somebody_chooses(string? header, string code) =>
        Assert.Equal(code, Language.FromAcceptLanguage(header).Code);
}
