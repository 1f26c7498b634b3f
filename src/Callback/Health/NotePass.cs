using Callback.Database;

namespace Callback.Health;

/// <summary>Writes down how the rounds of the passes go, for the figures of Health: a pass that fails is woken all the same, so the scheduler does not know.</summary>
public sealed class NotePass(Db db)
{
    /// <summary>A node begins to wake these passes, and no others: until its first good round a pass is as old as this.</summary>
    public Task WokenAsync(IReadOnlyCollection<IPass> passes, DateTimeOffset now, CancellationToken ct) => WriteAsync(
        """
        delete from pass_rounds
        where name <> all(@names);
        insert into pass_rounds (name, every, began_at, done_at)
        select name, every, @now, @now
        from unnest(@names, @periods) as p (name, every)
        on conflict (name) do update
        set every = excluded.every
        """,
        new { names = passes.Select(pass => pass.Name).ToArray(), periods = passes.Select(pass => PeriodOf(pass)).ToArray(), now },
        ct);

    public Task DoneAsync(string name, DateTimeOffset now, TimeSpan took, CancellationToken ct) => WriteAsync(
        "update pass_rounds set began_at = @now, done_at = @now + @took, took = @took, failed_at = null, failure = null where name = @name", new { name, now, took }, ct);

    /// <param name="failure">The fault's kind; what it says may name people.</param>
    public Task FailedAsync(string name, DateTimeOffset now, string failure, CancellationToken ct) => WriteAsync(
        "update pass_rounds set began_at = @now, failed_at = @now, failure = @failure where name = @name", new { name, now, failure }, ct);

    private static TimeSpan PeriodOf(IPass pass) => Telephony.ProtocolTimes.Period(pass.Every);

    // Losing the newest of these rows with the machine costs nothing, and nobody waits for the disk.
    private async Task WriteAsync(string sql, object args, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        await session.ExecuteAsync($"set local synchronous_commit = off;\n{sql}", args, ct);
        await session.CommitAsync();
    }
}
