using Callback.Windows;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.Windows;

public sealed class WindowNarrowingTests
{
    private static readonly EffectivePolicy China = Shipped.Policies.Effective("cn-default");

    private static readonly Gen<WindowSet> Days = Gen.Choose(0, 96).ListOf(4).Select(quarters => WindowSet.Of(
        quarters.Distinct().Order().Chunk(2).Where(pair => pair.Length == 2).Select(pair => new CallWindow(TimeSpan.FromMinutes(15 * pair[0]), TimeSpan.FromMinutes(15 * pair[1])))));

    private static readonly Arbitrary<WindowNarrowing> Narrowings = (
        from days in Gen.SubListOf(Weekdays.Week.ToArray())
        from sets in Days.ListOf(7)
        select new WindowNarrowing(days.ToDictionary(day => day, day => sets.ElementAt((int)day)))).ToArbitrary();

    [Fact]
    public void No_campaign_ever_widens_its_policy() =>
        Prop.ForAll(Narrowings, narrowing =>
        {
            var rules = Shipped.Policies.Effective("cn-default", narrowing);
            return Enum.GetValues<DayOfWeek>().All(day => Enum.GetValues<DayKind>().All(kind => rules.Week[day, kind].IsWithin(China.Week[day, kind])));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_narrowing_is_valid_exactly_when_it_is_in_force_as_it_was_asked_for() =>
        Prop.ForAll(Narrowings, narrowing =>
        {
            var rules = Shipped.Policies.Effective("cn-default", narrowing);
            return (narrowing.Validate(China).Count == 0) == narrowing.Days.All(day => rules.Week[day.Key].Equals(day.Value));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_narrowing_survives_being_stored() =>
        Prop.ForAll(Narrowings, narrowing =>
        {
            var read = WindowNarrowing.Parse(narrowing.ToJson());
            return read.Days.Count == narrowing.Days.Count && narrowing.Days.All(day => read.Days[day.Key].Equals(day.Value));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_widening_names_the_weekday_what_was_asked_and_what_is_allowed()
    {
        var problem = Assert.Single(WindowNarrowing.Parse("""{"mon":["11:00-12:30"],"sun":[]}""").Validate(China));

        Assert.Equal(("window-widens", "windows.mon"), (problem.Code, problem.Field));
        Assert.Equal(("11:00-12:30", "11:00-12:00, 16:00-20:30"), (problem.Values["asked"], problem.Values["allowed"]));
    }

    [Theory]
    [InlineData("""{"monday":["11:00-12:00"]}""")]
    [InlineData("""{"mon":["12:00-11:00"]}""")]
    [InlineData("""{"mon":"11:00-12:00"}""")]
    [InlineData("""["mon"]""")]
    [InlineData("closed")]
    public void An_unreadable_narrowing_is_refused(string json) =>
        Assert.Equal("window-unreadable", Assert.Throws<InvalidInputException>(() => WindowNarrowing.Parse(json)).Problems[0].Code);

    [Fact]
    public void A_weekday_that_is_not_named_stays_as_the_policy_has_it()
    {
        var rules = Shipped.Policies.Effective("cn-default", WindowNarrowing.Parse("""{"mon":["11:00-12:00"],"sun":[]}"""));

        Assert.Equal("11:00-12:00", rules.Week[DayOfWeek.Monday].ToString());
        Assert.Equal("11:00-12:00, 16:00-20:30", rules.Week[DayOfWeek.Tuesday].ToString());
        Assert.True(rules.Week[DayOfWeek.Sunday].IsClosed);
        Assert.Equal("11:00-12:00", rules.Week[DayOfWeek.Sunday, DayKind.MakeUpWorkday].ToString());
    }

    [Fact]
    public void Shop_and_campaign_both_take_away()
    {
        var rules = Shipped.Policies.Effective("cn-default", WindowNarrowing.Parse("""{"mon":["11:00-11:40"]}"""), WindowNarrowing.Parse("""{"mon":["11:20-12:00"]}"""));

        Assert.Equal("11:20-11:40", rules.Week[DayOfWeek.Monday].ToString());
    }
}
