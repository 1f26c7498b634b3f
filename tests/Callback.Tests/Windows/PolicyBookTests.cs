using Callback.Windows;

namespace Callback.Tests.Windows;

public sealed class PolicyBookTests
{
    public static TheoryData<string> RealPresets => [.. Shipped.Policies.Presets.Where(preset => preset is { TestsOnly: false, PracticeOnly: false }).Select(preset => preset.Name)];

    [Theory]
    [MemberData(nameof(RealPresets))]
    public void No_real_preset_reaches_beyond_the_system_layer(string name)
    {
        var rules = Shipped.Policies.Effective(name);

        Assert.True(SystemLayer.LegalHours.Contains(rules.LegalHours));
        Assert.True(rules.StartGuard >= TimeSpan.FromSeconds(45));
        Assert.True(rules is { CapPerDay: 1, CapPerWeek: <= 2 });
        Assert.All(EveryDay(), day => Assert.True(rules.Week[day.Weekday, day.Kind].IsWithin(WindowSet.Of(rules.LegalHours))));
    }

    [Fact]
    public void The_presets_of_the_manual_are_all_there_and_only_none_is_for_tests()
    {
        Assert.Equal(
            ["cn-default", "eu-de", "eu-fr", "eu-strict", "in", "none", "practice", "uk", "us-regf", "us-state-strict", "us-tcpa"],
            Shipped.Policies.Presets.Select(preset => preset.Name));
        Assert.Equal(["none"], Shipped.Policies.Presets.Where(preset => preset.TestsOnly).Select(preset => preset.Name));
    }

    [Fact]
    public void A_preset_for_tests_is_refused_in_Production_and_never_opens_there()
    {
        var production = PolicyBook.Load(Shipped.ConfigFolder, production: true);
        var noon = new DateTimeOffset(2026, 11, 23, 4, 0, 0, TimeSpan.Zero);
        var shanghai = new ZoneKey("Asia/Shanghai");

        Assert.Equal("policy-tests-only", Assert.Throws<InvalidInputException>(() => production.DemandUsable("none")).Problems[0].Code);
        production.DemandUsable("cn-default");
        Assert.Null(Assert.IsType<WindowState.Closed>(WindowPolicy.At(production.Effective("none"), shanghai, noon)).OpensAt);
        Assert.Equal(PromiseVerdict.OutsideLegalHours, PromisePolicy.Check(production.Effective("none"), shanghai, noon, noon.AddHours(-1)));
    }

    [Fact]
    public void A_preset_for_tests_is_open_day_and_night_elsewhere()
    {
        Shipped.Policies.DemandUsable("none");
        Assert.IsType<WindowState.Open>(WindowPolicy.At(Shipped.Policies.Effective("none"), new("Asia/Shanghai"), new(2026, 11, 23, 19, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void The_preset_for_practice_is_open_day_and_night_in_Production_too_and_only_for_practice_shops()
    {
        var production = PolicyBook.Load(Shipped.ConfigFolder, production: true);

        production.DemandUsable(PolicyBook.Practice, practiceShop: true);
        Assert.Equal("policy-practice-only", Assert.Throws<InvalidInputException>(() => production.DemandUsable(PolicyBook.Practice)).Problems[0].Code);
        Assert.Equal("policy-tests-only", Assert.Throws<InvalidInputException>(() => production.DemandUsable("none", practiceShop: true)).Problems[0].Code);
        Assert.All(Enumerable.Range(0, 24), hour => Assert.IsType<WindowState.Open>(
            WindowPolicy.At(production.Effective(PolicyBook.Practice), new("Asia/Shanghai"), new(2026, 11, 22, hour, 59, 0, TimeSpan.Zero))));
        Assert.Equal([PolicyBook.Practice], production.Presets.Where(preset => preset.PracticeOnly).Select(preset => preset.Name));
    }

    [Fact]
    public void An_unknown_preset_is_refused_with_the_names_that_exist()
    {
        var problem = Assert.Throws<InvalidInputException>(() => Shipped.Policies.Effective("cn-defualt")).Problems[0];

        Assert.Equal("policy-unknown", problem.Code);
        Assert.Contains("cn-default", problem.Values["allowed"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_strict_European_preset_lies_inside_each_of_its_rows()
    {
        var strict = Shipped.Policies.Effective("eu-strict");

        foreach (var row in new[] { "eu-fr", "eu-de" }.Select(name => Shipped.Policies.Effective(name)))
        {
            Assert.All(EveryDay(), day => Assert.True(strict.Week[day.Weekday, day.Kind].IsWithin(row.Week[day.Weekday, day.Kind])));
            Assert.True(strict.ConsentRequired.IsSupersetOf(row.ConsentRequired));
            Assert.True(strict.Recording >= row.Recording);
        }
        Assert.True(strict.NeedsConsent(Purpose.DeliveryCallBack));
        Assert.False(strict.NeedsConsent(Purpose.PaymentReminder));
    }

    [Fact]
    public void Every_preset_names_its_sources_and_says_that_it_is_no_legal_advice() =>
        Assert.All(Shipped.Policies.Presets, preset =>
        {
            Assert.NotEmpty(preset.Sources);
            Assert.Contains("not legal advice", preset.Disclaimer.En, StringComparison.Ordinal);
            Assert.Contains("不构成法律意见", preset.Disclaimer.Zh, StringComparison.Ordinal);
            Assert.NotEqual(default, preset.ReviewedOn);
        });

    [Fact]
    public void The_Chinese_calendar_knows_2026_and_no_year_besides()
    {
        var china = Shipped.Policies.Calendars.Single(calendar => calendar.Name == "cn");

        Assert.Equal([2026], china.Years);
        Assert.Equal(33, china.DaysOf(2026).Count(day => day.Kind == DayKind.Holiday));
        Assert.Equal(6, china.DaysOf(2026).Count(day => day.Kind == DayKind.MakeUpWorkday));
        Assert.All(china.DaysOf(2026).Where(day => day.Kind == DayKind.MakeUpWorkday), day => Assert.True(day.On.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday));
        Assert.Null(china.KindOf(new(2028, 1, 3)));
    }

    [Theory]
    [InlineData("uk", 2026, "2026-04-03")]
    [InlineData("uk", 2026, "2026-12-28")]
    [InlineData("uk", 2027, "2027-12-28")]
    [InlineData("us", 2026, "2026-07-03")]
    [InlineData("us", 2026, "2026-11-26")]
    [InlineData("us", 2027, "2027-06-18")]
    [InlineData("eu-fr", 2026, "2026-05-14")]
    [InlineData("eu-fr", 2027, "2027-05-17")]
    public void Movable_holidays_fall_on_the_days_of_their_year(string calendar, int year, string day) =>
        Assert.Contains(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture),
            Shipped.Policies.Calendars.Single(known => known.Name == calendar).DaysOf(year).Select(named => named.On));

    private static IEnumerable<(DayOfWeek Weekday, DayKind Kind)> EveryDay() =>
        from weekday in Enum.GetValues<DayOfWeek>() from kind in Enum.GetValues<DayKind>() select (weekday, kind);
}
