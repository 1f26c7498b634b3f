using Callback.Calls.LineUse;
using Callback.Database;
using Callback.Telephony;

namespace Callback.Calls.Recordings;

/// <summary>Takes in what the line tells of a recording; a later word of the same recording only completes it.</summary>
public sealed class RecordingNews(Db db)
{
    /// <returns>False: the call is none of ours, or another one than the attempt's.</returns>
    internal async Task<bool> TakeInAsync(InboxEntry entry, LineNews.OfRecording news, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(entry.Shop, ct);
        if (await Attempt.LockAsync(session, [entry.Shop], news.AttemptId, ct) is not { } attempt || (attempt.ProviderCallId ?? news.CallId) != news.CallId)
            return false;
        await session.ExecuteAsync(
            """
            insert into recordings as r (shop_id, recording_id, attempt_id, line, state, seconds, channels, started_at, expires_at)
            values (@Shop, @RecordingId, @AttemptId, @Line, @state, @Seconds, @Channels, @StartedAt, @expiresAt)
            on conflict (shop_id, recording_id) do update
            set state = case when r.state = 'Running' then excluded.state else r.state end,
                seconds = coalesce(excluded.seconds, r.seconds),
                channels = coalesce(excluded.channels, r.channels)
            where r.attempt_id = excluded.attempt_id
            """,
            new
            {
                entry.Shop,
                news.RecordingId,
                news.AttemptId,
                entry.Line,
                state = (news.Absent ? RecordingState.Absent : news.Done ? RecordingState.Available : RecordingState.Running).ToString(),
                news.Seconds,
                Channels = (short?)news.Channels,
                news.StartedAt,
                expiresAt = news.StartedAt + RecordingPolicy.Retention,
            },
            ct);
        await session.CommitAsync();
        return true;
    }
}
