using Callback.Database.Clock;
using Callback.Tests.Support;
using Dapper;

namespace Callback.Tests.Database.Clock;

/// <summary>Adoption asks the provider for every call since the mark: on a server that is not adopted yet, no beat may move it.</summary>
public sealed class AdoptionMarkTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Here = "(pg_control_system()).system_identifier";

    private const string Timeline = "('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::integer";

    [Fact]
    public async Task A_beat_makes_a_server_that_nobody_knew_the_known_one()
    {
        await SqlAsync("update installation set system_identifier = null, timeline = null, clock_mark = null");
        await BeatAsync(new(null));
        Assert.True(await AskAsync<bool>($"select system_identifier = {Here} and timeline = {Timeline} and clock_mark is not null from installation"));
    }

    [Fact]
    public async Task A_beat_raises_the_mark_of_the_known_server()
    {
        await SqlAsync($"update installation set system_identifier = {Here}, timeline = {Timeline}, clock_mark = '2026-01-01Z'");
        await BeatAsync(new(null));
        Assert.True(await AskAsync<bool>("select clock_mark > now() - interval '1 minute' from installation"));
    }

    [Theory]
    [InlineData($"{Here} + 1", Timeline)]
    [InlineData(Here, $"{Timeline} + 1")]
    [InlineData(Here, "0")]
    public async Task A_beat_on_another_server_or_timeline_leaves_mark_and_identity(string system, string timeline)
    {
        await SqlAsync($"update installation set system_identifier = {system}, timeline = {timeline}, clock_mark = '2026-01-01Z'");
        await BeatAsync(new(null));
        Assert.True(await AskAsync<bool>($"select system_identifier = {system} and timeline = {timeline} and clock_mark = '2026-01-01Z' from installation"));
    }

    [Fact]
    public async Task The_beat_that_sees_the_database_put_back_leaves_the_mark_too()
    {
        var watch = new EpochWatch(null);
        await SqlAsync($"update installation set system_identifier = {Here}, timeline = {Timeline}, clock_mark = now()");
        await BeatAsync(watch);
        await SqlAsync("update installation set clock_mark = '2026-01-01Z'");
        await BeatAsync(watch);
        Assert.True(await AskAsync<bool>("select timeline = 0 and clock_mark = '2026-01-01Z' from installation"));
    }

    private Task BeatAsync(EpochWatch watch) => new ClockBeat(database.Source, new(TimeProvider.System), new(), watch).RunOnceAsync(default);

    private async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.QuerySingleAsync<T>(sql);
    }

    private async Task SqlAsync(string sql)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
