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
        var open = await OpenAsync(ct);
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

    private async Task<IReadOnlyList<Attempt>> OpenAsync(CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QueryAsync<Attempt>(
            $"""
            select {Attempt.Columns}
            from attempts
            where state = 'Placed' and line = any(@telling)
            order by gated_at, attempt_id
            """,
            new { telling = lines.All.Where(line => !line.Capabilities.AgentReportsStates).Select(line => line.Name).ToArray() },
            ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The line could not be asked about attempt {AttemptId}; it is asked again at the next tick.")]
    private partial void NotAsked(Exception e, Guid attemptId);
}
