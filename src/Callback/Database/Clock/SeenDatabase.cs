namespace Callback.Database.Clock;

/// <summary>One look at the database, in the columns of <see cref="Columns"/>: which server it is, and how far it has come.</summary>
/// <param name="System">The server's identifier; a cluster made anew has another.</param>
/// <param name="Timeline">Rises with every promotion.</param>
/// <param name="Inserted">The end of its log, as bytes since its beginning.</param>
/// <param name="Flushed">How far the log is on its disk.</param>
/// <param name="Mark">The highest time the database remembers.</param>
/// <param name="Offset">By which the installation's clock is moved: marks under different ones are not compared.</param>
/// <param name="AdoptedAt">When somebody last said that this server is the one.</param>
internal sealed record DatabaseLook(long System, int Timeline, long Inserted, long Flushed, DateTimeOffset? Mark, TimeSpan Offset, DateTimeOffset? AdoptedAt)
{
    /// <summary>For a select from <c>installation i</c>.</summary>
    public const string Columns = """
        (pg_control_system()).system_identifier as system,
        ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::integer as timeline,
        (pg_current_wal_insert_lsn() - '0/0')::bigint as inserted,
        (pg_current_wal_flush_lsn() - '0/0')::bigint as flushed,
        i.clock_mark as mark,
        i.clock_offset as "offset",
        i.epoch_adopted_at as adopted_at
        """;
}

/// <summary>
/// How far a node has seen its database come. A database that is behind that was put back to an earlier state, though identifier and timeline may be the same: a
/// cold copy, a snapshot of its disk, a dump that was read back. Calls may be missing in it.
/// </summary>
/// <param name="Timeline">The highest seen.</param>
/// <param name="Wal">A place in the log that was on its disk for certain; 0: none yet. Every crash and every failover without loss ends at or behind it.</param>
/// <param name="Next">The end of the log at an earlier look; counts as <paramref name="Wal"/> once it is flushed.</param>
/// <param name="WentBack">Seen behind; until somebody adopts it.</param>
internal sealed record SeenDatabase(long System, int Timeline, DateTimeOffset? AdoptedAt, DateTimeOffset? Mark, TimeSpan Offset, long Wal, long Next, bool WentBack)
{
    /// <summary>The mark is written without waiting for the disk, so a power cut may cost the last of it.</summary>
    public static readonly TimeSpan MarkMayLose = TimeSpan.FromSeconds(5);

    public static SeenDatabase Of(DatabaseLook look) => new(look.System, look.Timeline, look.AdoptedAt, look.Mark, look.Offset, 0, look.Inserted, WentBack: false);

    /// <param name="look">A look that was begun after all this was known.</param>
    public bool IsAheadOf(DatabaseLook look) =>
        System == look.System && !IsAdoptedSince(look)
        && (WentBack
            || AdoptedAt is { } adopted && !(look.AdoptedAt >= adopted)
            || look.Timeline < Timeline
            || look.Timeline == Timeline && look.Inserted < Wal
            || look.Offset == Offset && look.Mark < Mark - MarkMayLose);

    /// <summary>What is known after the look. Looks may come out of order; nothing sinks by a late one.</summary>
    public SeenDatabase After(DatabaseLook look)
    {
        if (System != look.System || IsAdoptedSince(look))
            return Of(look);
        if (WentBack || look.Timeline < Timeline || AdoptedAt is { } adopted && !(look.AdoptedAt >= adopted))
            return this;
        var known = look.Timeline > Timeline ? this with { Timeline = look.Timeline, Wal = 0, Next = look.Inserted } : this;
        known = known.Next <= look.Flushed ? known with { Wal = known.Next, Next = Math.Max(known.Next, look.Inserted) } : known;
        return look.Offset == Offset && (look.Mark is null || look.Mark <= Mark) ? known : known with { Mark = look.Mark, Offset = look.Offset };
    }

    private bool IsAdoptedSince(DatabaseLook look) => look.AdoptedAt is { } at && (AdoptedAt is null || at > AdoptedAt);
}
