using Callback.Database;
using Callback.Database.Clock;

namespace Callback.Calls;

/// <summary>
/// The gate's look at time and place: the primary's own clock, whether it ran back, how far the node is off, and whether this is still the server (system
/// identifier and timeline) whose calls this installation knows, no earlier state of it (<see cref="EpochWatch"/>). After a failover or a restore somebody has to
/// adopt the new one first (<see cref="AdoptEpoch"/>).
/// </summary>
/// <param name="Snapshot">What was committed when the gate had its locks: all it could know, for the proof afterwards.</param>
internal sealed record GateClock(
    DateTimeOffset Now, long? KnownSystem, int? KnownTimeline, string Snapshot,
    long System, int Timeline, long Inserted, long Flushed, DateTimeOffset? Mark, TimeSpan Offset, DateTimeOffset? AdoptedAt)
{
    public static readonly TimeSpan MostBack = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan MostApart = TimeSpan.FromSeconds(2);

    private const string Sql = $"""
        select
            business_clock() as now,
            i.system_identifier as known_system,
            i.timeline as known_timeline,
            pg_current_snapshot()::text as snapshot,
            {DatabaseLook.Columns}
        from installation i
        """;

    /// <summary>A standby of the known server took over. Timeline 0 is no known one: a node saw that the database was put back.</summary>
    public bool IsPromoted => KnownSystem == System && KnownTimeline > 0 && Timeline > KnownTimeline;

    public bool IsKnown => KnownSystem == System && KnownTimeline == Timeline;

    private DatabaseLook Look => new(System, Timeline, Inserted, Flushed, Mark, Offset, AdoptedAt);

    public static Task<GateClock> ReadAsync(Session session, CancellationToken ct) => session.QuerySingleAsync<GateClock>(Sql, null, ct);

    /// <returns>The clock, and the reason for which nothing may be dialed by it; null: none.</returns>
    public static async Task<(GateClock Clock, string? Refusal)> AskAsync(Session session, TimeProvider time, EpochWatch watch, CancellationToken ct)
    {
        var (seen, before) = (watch.Now, time.GetUtcNow());
        var clock = await ReadAsync(session, ct);
        var wentBack = watch.Note(seen, clock.Look);
        return (clock, clock.Refusal(before, time.GetUtcNow()) ?? (wentBack ? "EpochChanged" : null));
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
