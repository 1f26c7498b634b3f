using Callback.Database;

namespace Callback.Calls;

/// <summary>
/// The gate's look at time and place: the primary's own clock, whether it ran back, how far the node is off, and whether this is still the server (system
/// identifier and timeline) whose calls this installation knows. After a failover or a restore somebody has to adopt the new one first (<see cref="AdoptEpoch"/>).
/// </summary>
/// <param name="Snapshot">What was committed when the gate had its locks: all it could know, for the proof afterwards.</param>
internal sealed record GateClock(DateTimeOffset Now, DateTimeOffset? Mark, long? KnownSystem, long System, int? KnownTimeline, int Timeline, string Snapshot)
{
    public static readonly TimeSpan MostBack = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan MostApart = TimeSpan.FromSeconds(2);

    private const string Sql = """
        select
            business_clock() as now,
            i.clock_mark as mark,
            i.system_identifier as known_system,
            (pg_control_system()).system_identifier as system,
            i.timeline as known_timeline,
            ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::integer as timeline,
            pg_current_snapshot()::text as snapshot
        from installation i
        """;

    /// <returns>The clock, and the reason for which nothing may be dialed by it; null: none.</returns>
    public static async Task<(GateClock Clock, string? Refusal)> ReadAsync(Session session, TimeProvider time, CancellationToken ct)
    {
        var before = time.GetUtcNow();
        var clock = await session.QuerySingleAsync<GateClock>(Sql, null, ct);
        return (clock, clock.Refusal(before, time.GetUtcNow()));
    }

    /// <summary>
    /// Moves the mark up, about once a second whoever dials: a row that another gate is moving at this moment is left to it. The first gate of an
    /// installation writes the server's identity down.
    /// </summary>
    public Task MarkAsync(Session session, CancellationToken ct) =>
        KnownSystem is not null && Now - Mark < TimeSpan.FromSeconds(1) ? Task.CompletedTask : session.ExecuteAsync(
            """
            with free as (
                select one
                from installation
                for update skip locked
            )
            update installation i
            set clock_mark = greatest(i.clock_mark, @Now),
                system_identifier = coalesce(i.system_identifier, @System),
                timeline = coalesce(i.timeline, @Timeline)
            from free
            where i.one = free.one
            """,
            new { Now, System, Timeline },
            ct);

    private string? Refusal(DateTimeOffset before, DateTimeOffset after)
    {
        if (Mark is { } mark && Now < mark - MostBack)
            return "ClockBack";
        if (Now < before - MostApart || Now > after + MostApart)
            return "ClockSkew";
        if (TestBuild.WithoutEpochGuard)
            return null;
        return (KnownSystem ?? System) != System || (KnownTimeline ?? Timeline) != Timeline ? "EpochChanged" : null;
    }
}
