using Callback.Health;

namespace Callback.Tests.Health;

public sealed class HealthPolicyTests
{
    [Theory]
    [InlineData("attempts.undecided", 0d, HealthLevel.Good)]
    [InlineData("attempts.undecided", 1d, HealthLevel.Amber)]
    [InlineData("attempts.undecided", 9d, HealthLevel.Amber)]
    [InlineData("attempts.undecided", 10d, HealthLevel.Red)]
    [InlineData("attempts.undecided.age", 120d, HealthLevel.Good)]
    [InlineData("attempts.undecided.age", 121d, HealthLevel.Amber)]
    [InlineData("attempts.undecided.age", 1801d, HealthLevel.Red)]
    [InlineData("attempts.spent.day", 1d, HealthLevel.Amber)]
    [InlineData("attempts.spent.day", 1000d, HealthLevel.Amber)]
    [InlineData("attempts.spent.week", 1000d, HealthLevel.Good)]
    [InlineData("attempts.spent.share", 0.0005, HealthLevel.Good)]
    [InlineData("attempts.spent.share", 0.001, HealthLevel.Amber)]
    [InlineData("attempts.spent.share", 0.0011, HealthLevel.Red)]
    [InlineData("releases.waiting", 1d, HealthLevel.Amber)]
    [InlineData("releases.waiting.age", 14_400d, HealthLevel.Good)]
    [InlineData("releases.waiting.age", 172_801d, HealthLevel.Red)]
    [InlineData("attempts.technical.share", 0.02, HealthLevel.Amber)]
    [InlineData("attempts.technical.share", 0.06, HealthLevel.Red)]
    [InlineData("gate.shut", 0d, HealthLevel.Good)]
    [InlineData("gate.shut", 1d, HealthLevel.Red)]
    [InlineData("gate.epoch_changed", 1d, HealthLevel.Red)]
    [InlineData("clock.difference", 1d, HealthLevel.Good)]
    [InlineData("clock.difference", 2d, HealthLevel.Amber)]
    [InlineData("clock.difference", 2.001, HealthLevel.Red)]
    [InlineData("clock.ran_back", 1.001, HealthLevel.Red)]
    [InlineData("wrap_ups.open", 500d, HealthLevel.Good)]
    [InlineData("wrap_ups.oldest.age", 7_201d, HealthLevel.Amber)]
    [InlineData("wrap_ups.oldest.age", 86_401d, HealthLevel.Red)]
    [InlineData("calls.running.age", 3_601d, HealthLevel.Amber)]
    [InlineData("calls.unasked.age", 20d, HealthLevel.Good)]
    [InlineData("calls.unasked.age", 301d, HealthLevel.Red)]
    [InlineData("events.waiting.age", 31d, HealthLevel.Amber)]
    [InlineData("events.unknown", 1d, HealthLevel.Red)]
    [InlineData("events.broken", 1d, HealthLevel.Amber)]
    [InlineData("events.refused", 100d, HealthLevel.Red)]
    [InlineData("calls.abandoned.share", 0.031, HealthLevel.Red)]
    [InlineData("planner.age", 60d, HealthLevel.Good)]
    [InlineData("planner.age", 601d, HealthLevel.Red)]
    [InlineData("planner.age", null, HealthLevel.Red)]
    [InlineData("planner.due.age", 901d, HealthLevel.Red)]
    [InlineData("planner.due.age", null, HealthLevel.Good)]
    [InlineData("queue.overdue.age", 61d, HealthLevel.Amber)]
    [InlineData("passes.late", 1d, HealthLevel.Red)]
    [InlineData("passes.failing", 1d, HealthLevel.Amber)]
    [InlineData("outbox.waiting.age", 601d, HealthLevel.Red)]
    [InlineData("deliveries.due.age", 61d, HealthLevel.Amber)]
    [InlineData("deliveries.given_up.week", 100d, HealthLevel.Red)]
    [InlineData("database.size", 1e12, HealthLevel.Good)]
    [InlineData("database.connections.share", 0.81, HealthLevel.Amber)]
    [InlineData("disk.free.share", 0.2, HealthLevel.Good)]
    [InlineData("disk.free.share", 0.19, HealthLevel.Amber)]
    [InlineData("disk.free.share", 0.09, HealthLevel.Red)]
    [InlineData("disk.free.share", null, HealthLevel.Good)]
    public void A_figure_turns_above_its_limits_and_not_at_them(string name, double? value, HealthLevel level) =>
        Assert.Equal(level, HealthPolicy.LevelOf(HealthPolicy.Limits.Single(limit => limit.Name == name), value));

    [Fact]
    public void Every_figure_is_named_once_and_counts_something() => Assert.All(
        HealthPolicy.Limits,
        limit =>
        {
            Assert.Single(HealthPolicy.Limits, other => other.Name == limit.Name);
            Assert.Matches("^[a-z_]+(\\.[a-z_]+)+$", limit.Name);
            Assert.Equal(limit.Unit == HealthUnit.Count, limit.What is not null);
        });

    [Fact]
    public void Red_lies_beyond_amber() => Assert.All(
        HealthPolicy.Limits.Where(limit => limit is { Amber: not null, Red: not null }),
        limit => Assert.True(limit.Below ? limit.Red < limit.Amber : limit.Red > limit.Amber, limit.Name));

    [Fact]
    public void All_declared_limits_are_shown()
    {
        var declared = typeof(HealthPolicy).GetFields().Where(field => field.FieldType == typeof(HealthLimit)).Select(field => (HealthLimit)field.GetValue(null)!);
        Assert.Equal(declared.Select(limit => limit.Name), HealthPolicy.Limits.Select(limit => limit.Name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("_x")]
    [InlineData("abc_x")]
    [InlineData("-1_x")]
    [InlineData("99999999999999999999_x")]
    public void A_place_in_a_list_that_is_none_of_ours_begins_at_the_start(string? text) => Assert.Null(HealthCursor.Parse(text));

    [Fact]
    public void A_place_in_a_list_is_read_as_it_was_written()
    {
        var place = new HealthCursor(new(2026, 11, 23, 3, 5, 0, TimeSpan.Zero), "a_b/c");
        Assert.Equal(place, HealthCursor.Parse(place.ToString()));
    }
}
