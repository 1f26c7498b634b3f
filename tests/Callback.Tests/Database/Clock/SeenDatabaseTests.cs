using Callback.Database.Clock;

namespace Callback.Tests.Database.Clock;

public sealed class SeenDatabaseTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly DatabaseLook First = new(7, 2, 1_000, 900, Noon, TimeSpan.Zero, Noon.AddDays(-1));

    /// <summary>Two looks later the first one's end of the log is known to be on the disk.</summary>
    private static readonly SeenDatabase Seen = SeenDatabase.Of(First)
        .After(First with { Inserted = 2_000, Flushed = 1_990 })
        .After(First with { Inserted = 3_000, Flushed = 2_995 });

    [Fact]
    public void What_counts_as_seen_is_a_place_that_was_flushed_for_certain()
    {
        Assert.Equal((2_000, 3_000), (Seen.Wal, Seen.Next));
        Assert.Equal(0, SeenDatabase.Of(First).Wal);
        Assert.Equal(0, SeenDatabase.Of(First).After(First with { Inserted = 5_000, Flushed = 999 }).Wal);
    }

    [Theory]
    [InlineData(1_999, true)]
    [InlineData(2_000, false)] // A crash that lost what was not flushed yet.
    [InlineData(9_000, false)]
    public void A_shorter_log_is_a_database_that_was_put_back(long inserted, bool behind) =>
        Assert.Equal(behind, Seen.IsAheadOf(First with { Inserted = inserted }));

    [Theory]
    [InlineData(-6, true)]
    [InlineData(-5, false)] // A power cut loses the last moments of the mark.
    [InlineData(0, false)]
    [InlineData(60, false)]
    public void A_mark_that_sank_is_a_database_that_was_put_back(int seconds, bool behind) =>
        Assert.Equal(behind, Seen.IsAheadOf(First with { Inserted = 9_000, Mark = Noon.AddSeconds(seconds) }));

    [Fact]
    public void A_mark_under_another_offset_and_a_missing_one_say_nothing()
    {
        Assert.False(Seen.IsAheadOf(First with { Inserted = 9_000, Mark = Noon.AddDays(-9), Offset = TimeSpan.FromDays(-9) }));
        Assert.False(Seen.IsAheadOf(First with { Inserted = 9_000, Mark = null }));
    }

    [Fact]
    public void The_first_mark_of_a_database_is_learned_like_every_later_one()
    {
        var seen = SeenDatabase.Of(First with { Mark = null }).After(First);

        Assert.Equal(Noon, seen.Mark);
        Assert.Equal(Noon, seen.After(First with { Mark = null }).Mark);
        Assert.Equal(Noon.AddSeconds(1), seen.After(First with { Mark = Noon.AddSeconds(1) }).Mark);
    }

    [Fact]
    public void An_earlier_timeline_and_an_earlier_adoption_are_a_database_that_was_put_back()
    {
        Assert.True(Seen.IsAheadOf(First with { Inserted = 9_000, Timeline = 1 }));
        Assert.True(Seen.IsAheadOf(First with { Inserted = 9_000, AdoptedAt = Noon.AddDays(-2) }));
        Assert.True(Seen.IsAheadOf(First with { Inserted = 9_000, AdoptedAt = null }));
    }

    /// <summary>The new primary's log branched off before what the old one had written and not yet replicated; the gate refuses by the timeline.</summary>
    [Fact]
    public void A_failover_is_no_way_back_and_its_log_is_followed_anew()
    {
        var after = First with { Timeline = 3, Inserted = 1_500, Flushed = 1_500 };

        Assert.False(Seen.IsAheadOf(after));
        var known = Seen.After(after);
        Assert.False(known.IsAheadOf(after with { Inserted = 1_600 }));
        Assert.True(known.After(after with { Inserted = 1_700, Flushed = 1_650 }).IsAheadOf(after with { Inserted = 1_400 }));
    }

    [Fact]
    public void Another_cluster_is_not_compared()
    {
        var other = First with { System = 8, Inserted = 1, Timeline = 1 };

        Assert.False(Seen.IsAheadOf(other));
        Assert.Equal(SeenDatabase.Of(other), Seen.After(other));
    }

    [Fact]
    public void Adoption_forgets_what_was_seen_before_and_nothing_else_does()
    {
        var back = Seen with { WentBack = true };
        var adopted = First with { Inserted = 50, Flushed = 50, AdoptedAt = Noon };

        Assert.True(back.IsAheadOf(First with { Inserted = 9_000 }));
        Assert.Same(back, back.After(First with { Inserted = 9_000 }));
        Assert.False(back.IsAheadOf(adopted));
        Assert.Equal(SeenDatabase.Of(adopted), back.After(adopted));
    }

    [Fact]
    public void A_late_answer_lowers_nothing()
    {
        Assert.Equal(Seen, Seen.After(First with { Inserted = 10, Flushed = 5, Mark = Noon.AddSeconds(-3) }));
        Assert.Equal(Seen, Seen.After(First with { Timeline = 1, Inserted = 10_000, Flushed = 9_999 }));
        Assert.Equal(Seen, Seen.After(First with { Inserted = 10_000, Flushed = 9_999, AdoptedAt = Noon.AddDays(-3) }));
    }
}
