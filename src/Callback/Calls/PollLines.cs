using Callback.Database;
using Callback.Telephony;
using Microsoft.Extensions.Logging;

namespace Callback.Calls;

/// <summary>Asks the lines about every call that has not ended: events may get lost on their way, the poller is what one can rely on.</summary>
public sealed partial class PollLines(Db db, Lines lines, RefreshCall refresh, ILogger<PollLines> log) : IPass
{
    public string Name => "poll-lines";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
    {
        var changed = 0;
        var failed = 0;
        var open = await OpenAsync(now, ct);
        foreach (var attempt in open)
            try
            {
                changed += (await refresh.AskAsync(attempt, now, ct)).Changed ? 1 : 0;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One call that can't be asked about must not keep the others waiting.
                failed++;
                NotAsked(e, attempt.AttemptId);
            }
        return new { asked = open.Count, changed, failed };
    }

    /// <summary>Calls on lines that may be asked at will, and those of which a sparing line told nothing for a while; these are marked as asked.</summary>
    private async Task<IReadOnlyList<Attempt>> OpenAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var telling = lines.All.Where(line => !line.Capabilities.AgentReportsStates).ToList();
        var open = await session.QueryAsync<Attempt>(
            $"""
            select {Attempt.Columns}
            from attempts a
            join unnest(@names, @before) as l (name, before) on l.name = a.line
            where a.state = 'Placed' and greatest(a.gated_at, a.ringing_at, a.answered_at, a.asked_at) <= l.before
            order by gated_at, attempt_id
            """,
            new
            {
                names = telling.Select(line => line.Name).ToArray(),
                before = telling.Select(line => line.Capabilities.AskAfter is { } after ? (now - after).UtcDateTime : DateTime.MaxValue.ToUniversalTime()).ToArray(),
            },
            ct);
        await session.ExecuteAsync(
            """
            update attempts a
            set asked_at = @now
            from unnest(@shops, @attempts) as k (shop_id, attempt_id)
            where a.shop_id = k.shop_id and a.attempt_id = k.attempt_id and a.line = any(@sparing)
            """,
            new
            {
                shops = open.Select(attempt => attempt.ShopId.Value).ToArray(),
                attempts = open.Select(attempt => attempt.AttemptId).ToArray(),
                sparing = telling.Where(line => line.Capabilities.AskAfter is not null).Select(line => line.Name).ToArray(),
                now,
            },
            ct);
        await session.CommitAsync();
        return open;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The line could not be asked about attempt {AttemptId}; it is asked again at the next tick.")]
    private partial void NotAsked(Exception e, Guid attemptId);
}
