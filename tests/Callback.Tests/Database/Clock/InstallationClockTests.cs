using Callback.Database.Clock;
using Callback.Tests.Support;
using Dapper;

namespace Callback.Tests.Database.Clock;

public sealed class InstallationClockTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private const string Start = "2026-11-23T11:05:00+08:00";

    private static readonly DateTimeOffset StartAt = DateTimeOffset.Parse(Start, System.Globalization.CultureInfo.InvariantCulture);

    public async Task InitializeAsync() => await SqlAsync("update installation set clock_setting = null, clock_offset = '0', clock_mark = null");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_new_value_starts_the_clock_there_for_every_process()
    {
        await AgreeAsync(Start);
        var other = await AgreeAsync(null);
        Assert.InRange(await ClockAsync() - StartAt, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Equal(await AgreeAsync(Start), other);
    }

    [Fact]
    public async Task The_same_value_lets_time_run_on()
    {
        await AgreeAsync(Start);
        await SqlAsync("update installation set clock_offset = clock_offset + interval '3 hours'");
        await AgreeAsync(Start);
        Assert.InRange(await ClockAsync() - StartAt, TimeSpan.FromHours(3), TimeSpan.FromHours(3) + TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_new_value_clears_the_clock_mark_and_now_sets_the_clock_right()
    {
        await AgreeAsync(Start);
        await SqlAsync("update installation set clock_mark = business_clock()");
        Assert.Equal(TimeSpan.Zero, await AgreeAsync("now"));
        Assert.Null(await MarkAsync());
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("2026-13-01")]
    public async Task What_is_no_instant_is_refused(string setting)
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => AgreeAsync(setting));
        Assert.Contains($"'{setting}'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.Zero, await AgreeAsync(null));
    }

    [Fact]
    public async Task Production_refuses_a_moved_clock_also_one_moved_before()
    {
        await Assert.ThrowsAsync<RefusalException>(() => InstallationClock.AgreeAsync(database.Source, Start, production: true, CancellationToken.None));
        Assert.Equal(TimeSpan.Zero, await AgreeAsync(null));
        await AgreeAsync(Start);
        await Assert.ThrowsAsync<RefusalException>(() => InstallationClock.AgreeAsync(database.Source, null, production: true, CancellationToken.None));
    }

    [Fact]
    public async Task A_beat_raises_the_mark_and_takes_over_a_moved_clock()
    {
        var (time, health, beat) = Node(TimeProvider.System);
        await AgreeAsync(Start);
        await beat.RunOnceAsync(CancellationToken.None);
        Assert.InRange(time.GetUtcNow() - StartAt, TimeSpan.FromSeconds(-2), TimeSpan.FromSeconds(30));
        Assert.InRange((await MarkAsync())!.Value - StartAt, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.True(health.MayDial);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task A_node_whose_clock_is_off_does_not_dial(int seconds)
    {
        var (_, health, beat) = Node(new OffsetTimeProvider(TimeProvider.System) { Offset = TimeSpan.FromSeconds(seconds) });
        await beat.RunOnceAsync(CancellationToken.None);
        Assert.False(health.MayDial);
        Assert.InRange(health.Last.Difference.TotalSeconds, seconds - 0.5, seconds + 0.5);
    }

    [Fact]
    public async Task A_database_clock_that_ran_back_stops_dialing_and_never_lowers_the_mark()
    {
        var (_, health, beat) = Node(TimeProvider.System);
        await SqlAsync("update installation set clock_mark = business_clock() + interval '1 hour'");
        var mark = await MarkAsync();
        await beat.RunOnceAsync(CancellationToken.None);
        Assert.False(health.MayDial);
        Assert.Equal(mark, await MarkAsync());
    }

    private (OffsetTimeProvider Time, ClockHealth Health, ClockBeat Beat) Node(TimeProvider machine)
    {
        var time = new OffsetTimeProvider(machine);
        var health = new ClockHealth();
        return (time, health, new ClockBeat(database.Source, time, health, new EpochWatch(null)));
    }

    private Task<TimeSpan> AgreeAsync(string? setting) => InstallationClock.AgreeAsync(database.Source, setting, production: false, CancellationToken.None);

    private async Task<DateTimeOffset> ClockAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.QuerySingleAsync<DateTimeOffset>("select business_clock()");
    }

    private async Task<DateTimeOffset?> MarkAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.QuerySingleAsync<DateTimeOffset?>("select clock_mark from installation");
    }

    private async Task SqlAsync(string sql)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
