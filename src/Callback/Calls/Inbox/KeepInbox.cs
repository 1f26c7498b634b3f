using Callback.Database;

namespace Callback.Calls.Inbox;

/// <summary>Stores what came through the door, many entries in one statement and one commit; one that is there already stays as it is.</summary>
public sealed class KeepInbox(Db db)
{
    /// <returns>How many were new.</returns>
    public async Task<int> RunAsync(IReadOnlyList<Telephony.InboxEntry> entries, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(ShopScope.All, ct);
        var kept = await session.ExecuteAsync(
            """
            insert into line_inbox (shop_id, line, call_id, event, sequence, subject, body, received_at)
            select shop_id, line, call_id, event, sequence, subject, body::jsonb, received_at
            from unnest(@shops, @lines, @calls, @events, @sequences, @subjects, @bodies, @received)
                as e (shop_id, line, call_id, event, sequence, subject, body, received_at)
            on conflict do nothing
            """,
            new
            {
                shops = entries.Select(entry => entry.Shop.Value).ToArray(),
                lines = entries.Select(entry => entry.Line).ToArray(),
                calls = entries.Select(entry => entry.CallId).ToArray(),
                events = entries.Select(entry => entry.Event).ToArray(),
                sequences = entries.Select(entry => entry.Sequence).ToArray(),
                subjects = entries.Select(entry => entry.Subject).ToArray(),
                bodies = entries.Select(entry => entry.Body).ToArray(),
                received = entries.Select(entry => entry.ReceivedAt.UtcDateTime).ToArray(),
            },
            ct);
        CrashPoint.Reach("door.written");
        await session.CommitAsync();
        CrashPoint.Reach("door.committed");
        return kept;
    }

    /// <summary>Counts what was refused at the door, by reason.</summary>
    public async Task RefusedAsync(string line, IReadOnlyDictionary<string, long> byReason, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(ShopScope.All, ct);
        await session.ExecuteAsync(
            """
            insert into line_refusals as r (shop_id, line, on_day, reason, times, last_at)
            select '-', @line, @day, reason, times, @now
            from unnest(@reasons, @times) as e (reason, times)
            on conflict (shop_id, line, on_day, reason) do update
            set times = r.times + excluded.times, last_at = excluded.last_at
            """,
            new { line, day = DateOnly.FromDateTime(now.UtcDateTime), reasons = byReason.Keys.ToArray(), times = byReason.Values.ToArray(), now },
            ct);
        await session.CommitAsync();
    }
}
