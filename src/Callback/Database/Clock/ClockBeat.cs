using Dapper;
using Npgsql;

namespace Callback.Database.Clock;

/// <summary>One beat of a node: compares its clock with the database's, raises the highest time seen, and takes over a newly moved clock.</summary>
public sealed class ClockBeat(NpgsqlDataSource source, OffsetTimeProvider time, ClockHealth health)
{
    // The mark need not survive a power cut: a lost second of it only makes the guard one second older.
    private const string Beat = """
        with before as (
            select clock_mark, clock_offset, clock_timestamp() as machine
            from installation
        ), raised as (
            update installation
            set clock_mark = business_clock()
            where clock_mark is null or clock_mark < business_clock()
        )
        select machine, clock_offset as "offset", greatest(interval '0', clock_mark - (machine + clock_offset)) as ran_back
        from before
        """;

    public async Task RunOnceAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition("set local synchronous_commit = off", transaction: transaction, cancellationToken: ct));
        var asked = time.Machine.GetUtcNow();
        var row = await connection.QuerySingleAsync<Row>(new CommandDefinition(Beat, transaction: transaction, cancellationToken: ct));
        var answered = time.Machine.GetUtcNow();
        await transaction.CommitAsync(ct);
        time.Offset = row.Offset;
        health.Note(new ClockReading(Difference(asked, answered, row.Machine), row.RanBack));
    }

    /// <summary>The database read its clock somewhere between question and answer; what lies outside is a difference for certain.</summary>
    private static TimeSpan Difference(DateTimeOffset asked, DateTimeOffset answered, DateTimeOffset machine) =>
        machine < asked ? asked - machine : machine > answered ? answered - machine : TimeSpan.Zero;

    private sealed record Row(DateTimeOffset Machine, TimeSpan Offset, TimeSpan RanBack);
}
