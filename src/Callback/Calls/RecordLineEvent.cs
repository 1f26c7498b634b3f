using System.Text.Json;
using System.Text.Json.Serialization;
using Callback.Calls.Bridges;
using Callback.Database;
using Callback.Telephony;

namespace Callback.Calls;

/// <summary>Takes in what a line tells about a call: told twice, late or in any order, the outcome is the same.</summary>
public sealed class RecordLineEvent(Db db, AloneCustomers alone)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <returns>Where the call stands now; null: no attempt of ours is known by it (yet), the event is kept.</returns>
    public async Task<CallStanding?> RunAsync(LineEvent heard, DateTimeOffset now, CancellationToken ct)
    {
        var standing = await TakeInAsync(heard, now, ct);
        if (standing is { Changed: true })
            await alone.LookAsync(standing.Shop, standing.AttemptId, ct);
        return standing;
    }

    private async Task<CallStanding?> TakeInAsync(LineEvent heard, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(heard.Shop, ct);
        var standing = await InAsync(session, heard, now, ct);
        CrashPoint.Reach("event.written");
        await session.CommitAsync();
        CrashPoint.Reach("event.committed");
        return standing;
    }

    /// <summary>The same within a transaction; the answer may be given only after its commit.</summary>
    internal static async Task<CallStanding?> InAsync(Session session, LineEvent heard, DateTimeOffset now, CancellationToken ct)
    {
        var attempt = await AttemptOfAsync(session, heard, ct);
        var first = await KeepAsync(session, heard, attempt, now, ct);
        if (attempt is null)
            return null;
        if (first && heard.Figures is { } figures)
            await AttemptMoves.FiguresAsync(session, attempt.ShopId, attempt.AttemptId, figures, ct);
        if (!first || !await AttemptMoves.HeardAsync(session, attempt, heard, now, ct))
            return attempt.Standing();
        var standing = (await Attempt.FindAsync(session, [heard.Shop], attempt.AttemptId, ct))!.Standing(changed: true);
        if (heard.State.IsOver())
            await AttemptMoves.OutboxAsync(session, heard.Shop, EventKinds.CallEnded, new { attempt.AttemptId, callState = heard.State.ToString(), at = heard.At }, now, ct);
        return standing;
    }

    private static async Task<Attempt?> AttemptOfAsync(Session session, LineEvent heard, CancellationToken ct)
    {
        var attemptId = heard.AttemptId ?? await session.QuerySingleOrDefaultAsync<Guid?>(
            """
            select attempt_id
            from attempts
            where shop_id = @shop and line = @line and provider_call_id = @callId
            """,
            new { shop = heard.Shop, heard.Line, heard.CallId },
            ct);
        var attempt = attemptId is { } id ? await Attempt.LockAsync(session, [heard.Shop], id, ct) : null;
        // An id that names another call of ours, or another line's attempt, is not believed.
        return attempt is null || attempt.Line != heard.Line || (attempt.ProviderCallId ?? heard.CallId) != heard.CallId ? null : attempt;
    }

    private static async Task<bool> KeepAsync(Session session, LineEvent heard, Attempt? attempt, DateTimeOffset now, CancellationToken ct)
    {
        var gated = (attempt?.GatedAt ?? heard.At).UtcDateTime;
        return await session.ExecuteAsync(
            """
            insert into line_events (shop_id, line, call_id, sequence, kind, month, attempt_id, at, received_at, details)
            values (@shop, @line, @callId, @sequence, @kind, @month, @attemptId, @at, @now, @details::jsonb)
            on conflict do nothing
            """,
            new
            {
                shop = heard.Shop,
                heard.Line,
                heard.CallId,
                heard.Sequence,
                kind = heard.State.ToString(),
                month = new DateOnly(gated.Year, gated.Month, 1),
                attemptId = attempt?.AttemptId,
                heard.At,
                now,
                details = JsonSerializer.Serialize(heard.Figures ?? (object)new { }, Json),
            },
            ct) == 1;
    }
}
