using Callback.Windows;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Callback.Tests.Windows;

public sealed class WindowProperties
{
    private static readonly TimeSpan Far = TimeSpan.FromDays(9);

    public static TheoryData<string> ZoneNames => [.. Zones.All];

    [Theory]
    [MemberData(nameof(ZoneNames))]
    public void Window_state_agrees_with_a_look_at_every_minute(string zone) =>
        Prop.ForAll(Cases(Gen.Constant<IReadOnlyList<string>>([zone])), Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Window_state_of_several_zones_agrees_with_a_look_at_every_minute()
    {
        var pairs = Gen.Elements(Zones.All).ListOf(3).Select(zones => (IReadOnlyList<string>)[.. zones.Distinct().Order(StringComparer.Ordinal)]);

        Prop.ForAll(Cases(pairs), Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Theory]
    [MemberData(nameof(ZoneNames))]
    public void Local_time_to_instant_agrees_with_NodaTime_forward_through_gaps_and_earlier_in_folds(string id)
    {
        var zone = DateTimeZoneProviders.Tzdb[id];
        var resolver = NodaTime.TimeZones.Resolvers.CreateMappingResolver(
            NodaTime.TimeZones.Resolvers.ReturnEarlier, NodaTime.TimeZones.Resolvers.ReturnForwardShifted);

        Prop.ForAll(Moments([id]).ToArbitrary(), moment =>
        {
            // Half of the moments are within a day of a change of clocks; the minutes around the change itself are what matters.
            var local = LocalTimePolicy.ToLocal(moment, TimeZoneInfo.FindSystemTimeZoneById(id));
            return new[] { -90, -45, -15, 0, 15, 45, 90 }.All(minutes =>
            {
                var wanted = local.AddMinutes(minutes);
                return LocalTimePolicy.ToInstant(wanted, id) == zone.ResolveLocal(LocalDateTime.FromDateTime(wanted), resolver).ToDateTimeOffset().ToUniversalTime();
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    private static bool Agrees(Case given)
    {
        var oracle = new WindowOracle(day => given.Policy.Week[day.DayOfWeek], given.Policy.StartGuard, given.Zones);
        var key = ZoneKey.Of(given.Zones);
        var first = oracle.FirstOpen(given.At, given.At + Far);
        return WindowPolicy.At(given.Policy, key, given.At) switch
        {
            WindowState.Open open => first == given.At && Closes(oracle, given.At, open.ClosesAt) && WindowPolicy.NextOpening(given.Policy, key, given.At) == given.At,
            WindowState.Closed closed => first != given.At && (first is null ? closed.OpensAt is null || closed.OpensAt > given.At + Far : closed.OpensAt == first),
            _ => false,
        };
    }

    // A stretch of more than two days counts as never closing; where it is said to close then is not a promise.
    private static bool Closes(WindowOracle oracle, DateTimeOffset at, DateTimeOffset closesAt) =>
        oracle.LastOpen(at, TimeSpan.FromDays(2)) is { } last ? closesAt == last : closesAt >= at + TimeSpan.FromDays(1);

    private static Arbitrary<Case> Cases(Gen<IReadOnlyList<string>> zones) => (
        from ids in zones
        from at in Moments(ids)
        from second in Gen.Choose(0, 59)
        from policy in Policies
        select new Case(ids, at.AddSeconds(second), policy)).ToArbitrary();

    private static Gen<DateTimeOffset> Moments(IReadOnlyList<string> ids) => Gen.OneOf(
        Gen.Choose(0, Zones.Years * 365 * 24 * 60).Select(minute => Zones.First.AddMinutes(minute)),
        from change in Gen.Elements(ids.SelectMany(Zones.Changes).ToArray())
        from minute in Gen.Choose(-200, 200)
        select change.AddMinutes(minute),
        from change in Gen.Elements(ids.SelectMany(Zones.Changes).ToArray())
        from minute in Gen.Choose(-36 * 60, 36 * 60)
        select change.AddMinutes(minute));

    private static readonly Gen<WindowSet> Days = Gen.Frequency(
        (1, Gen.Constant(WindowSet.Closed)),
        (1, Gen.Constant(WindowSet.WholeDay)),
        (6, Gen.Choose(0, 96).ListOf(6).Select(quarters => WindowSet.Of(
            quarters.Distinct().Order().Chunk(2).Where(pair => pair.Length == 2).Select(pair => new CallWindow(TimeSpan.FromMinutes(15 * pair[0]), TimeSpan.FromMinutes(15 * pair[1])))))));

    private static readonly Gen<EffectivePolicy> Policies =
        from week in Days.ListOf(7)
        from guard in Gen.Elements(0, 1, 45, 60, 90, 900)
        select SystemLayer.Unbounded with { Week = WeekPlan.Of((weekday, _) => week.ElementAt((int)weekday)), ClosingGuard = TimeSpan.FromSeconds(guard) };

    public sealed record Case(IReadOnlyList<string> Zones, DateTimeOffset At, EffectivePolicy Policy)
    {
        public override string ToString() =>
            $"{string.Join('|', Zones)} at {At:u}, guard {Policy.StartGuard}, {string.Join(" / ", Weekdays.Week.Select(day => Policy.Week[day]))}";
    }
}
