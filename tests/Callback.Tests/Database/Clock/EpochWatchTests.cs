using Callback.Database.Clock;
using Callback.Tests.Support;
using Dapper;

namespace Callback.Tests.Database.Clock;

public sealed class EpochWatchTests(TestDatabase database) : IClassFixture<TestDatabase>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    private static readonly DatabaseLook Look = new(7, 1, 1_000, 1_000, null, TimeSpan.Zero, null);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_node_remembers_across_its_restart_what_it_has_seen()
    {
        var watch = EpochWatch.In(folder);
        Assert.False(watch.Note(watch.Now, Look));
        Assert.False(watch.Note(watch.Now, Look with { Inserted = 2_000, Flushed = 2_000 }));
        watch.Keep();

        var restarted = EpochWatch.In(folder);

        Assert.True(restarted.Note(restarted.Now, Look with { Inserted = 900 }));
        // Nor does the log's growing past it make it good, before or after one more restart.
        Assert.True(restarted.Note(restarted.Now, Look with { Inserted = 5_000, Flushed = 5_000 }));
        restarted.Keep();
        var again = EpochWatch.In(folder);
        Assert.True(again.Note(again.Now, Look with { Inserted = 6_000, Flushed = 6_000 }));
        Assert.False(again.Note(again.Now, Look with { Inserted = 6_000, AdoptedAt = DateTimeOffset.UnixEpoch }));
    }

    /// <summary>Two gates ask at the same time; the answer of the first comes after much was learned from the second's.</summary>
    [Fact]
    public void An_answer_is_held_against_what_was_known_when_it_was_asked_for()
    {
        var watch = new EpochWatch(null);
        watch.Note(watch.Now, Look);
        var slow = watch.Now;
        watch.Note(watch.Now, Look with { Inserted = 3_000, Flushed = 3_000 });
        watch.Note(watch.Now, Look with { Inserted = 4_000, Flushed = 4_000 });

        Assert.False(watch.Note(slow, Look with { Inserted = 1_100, Flushed = 1_100 }));
        Assert.False(watch.Note(watch.Now, Look with { Inserted = 4_100, Flushed = 4_100 }));
        Assert.True(watch.Note(watch.Now, Look with { Inserted = 1_100, Flushed = 1_100 }));
    }

    [Fact]
    public void An_answer_from_before_the_adoption_does_not_undo_it()
    {
        var watch = new EpochWatch(null);
        watch.Note(watch.Now, Look with { Timeline = 2 });
        var slow = watch.Now;
        watch.Note(watch.Now, Look with { AdoptedAt = DateTimeOffset.UnixEpoch });

        Assert.True(watch.Note(slow, Look));
        Assert.False(watch.Note(watch.Now, Look with { AdoptedAt = DateTimeOffset.UnixEpoch, Inserted = 1_200 }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"System\":")]
    public void A_damaged_memory_is_that_of_a_new_node(string text)
    {
        File.WriteAllText(Path.Combine(folder, "database-seen.json"), text);
        var watch = EpochWatch.In(folder);
        Assert.False(watch.Note(watch.Now, Look));
        watch.Keep();
        Assert.NotNull(EpochWatch.In(folder).Now);
    }

    /// <summary>A node that never saw more must not dial either: the one that did tells it through the database.</summary>
    [Fact]
    public async Task A_beat_of_one_node_that_sees_the_database_put_back_stops_all_of_them()
    {
        await SqlAsync("update installation set system_identifier = (pg_control_system()).system_identifier, timeline = 1, clock_mark = business_clock()");
        var beat = new ClockBeat(database.Source, new OffsetTimeProvider(TimeProvider.System), new ClockHealth(), new EpochWatch(null));
        await beat.RunOnceAsync(default);
        await beat.RunOnceAsync(default);
        Assert.Equal(1, await TimelineAsync());

        await SqlAsync("update installation set clock_mark = clock_mark - interval '10 minutes'");
        await beat.RunOnceAsync(default);

        Assert.Equal(0, await TimelineAsync());
        await SqlAsync("update installation set timeline = 1, epoch_adopted_at = now()");
        await beat.RunOnceAsync(default);
        Assert.Equal(1, await TimelineAsync());
    }

    private async Task<int> TimelineAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.QuerySingleAsync<int>("select timeline from installation");
    }

    private async Task SqlAsync(string sql)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
