using Dapper;
using Npgsql;

namespace Callback.Database.Clock;

/// <summary>
/// One beat of a node: compares its clock with the database's, raises the highest time seen, takes over a newly moved clock, and tells all nodes when the database
/// is behind what this one has seen of it.
/// </summary>
public sealed class ClockBeat(NpgsqlDataSource source, OffsetTimeProvider time, ClockHealth health, EpochWatch watch)
{
    private const string Look = $"""
        select clock_timestamp() as machine, greatest(interval '0', i.clock_mark - business_clock()) as ran_back, {DatabaseLook.Columns}
        from installation i
        """;

    // On a server that nobody adopted yet the mark stays where it was: adoption asks the provider for every call since then. A server that no gate has known becomes the
    // known one here, so that what is put back later is not taken for it.
    // The mark need not survive a power cut: a lost second of it only makes the guard one second older.
    private const string Raise = """
        update installation
        set clock_mark = business_clock(),
            system_identifier = @System,
            timeline = @Timeline
        where coalesce(system_identifier, @System) = @System
          and coalesce(timeline, @Timeline) = @Timeline
          and (clock_mark is null or clock_mark < business_clock())
        """;

    // No server has timeline 0: every gate refuses until somebody adopts this one. An adoption that came in between stands.
    private const string Disown = """
        update installation
        set system_identifier = coalesce(system_identifier, @System), timeline = 0
        where timeline is distinct from 0 and epoch_adopted_at is not distinct from @AdoptedAt
        """;

    public async Task RunOnceAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition("set local synchronous_commit = off", transaction: transaction, cancellationToken: ct));
        var (seen, asked) = (watch.Now, time.Machine.GetUtcNow());
        var row = await connection.QuerySingleAsync<Row>(new CommandDefinition(Look, transaction: transaction, cancellationToken: ct));
        var answered = time.Machine.GetUtcNow();
        await connection.ExecuteAsync(new CommandDefinition(watch.Note(seen, row.Look) ? Disown : Raise, row, transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        time.Offset = row.Offset;
        health.Note(new ClockReading(Difference(asked, answered, row.Machine), row.RanBack));
    }

    /// <summary>The database read its clock somewhere between question and answer; what lies outside is a difference for certain.</summary>
    private static TimeSpan Difference(DateTimeOffset asked, DateTimeOffset answered, DateTimeOffset machine) =>
        machine < asked ? asked - machine : machine > answered ? answered - machine : TimeSpan.Zero;

    private sealed record Row(
        DateTimeOffset Machine, TimeSpan RanBack,
        long System, int Timeline, long Inserted, long Flushed, DateTimeOffset? Mark, TimeSpan Offset, DateTimeOffset? AdoptedAt)
    {
        public DatabaseLook Look => new(System, Timeline, Inserted, Flushed, Mark, Offset, AdoptedAt);
    }
}
