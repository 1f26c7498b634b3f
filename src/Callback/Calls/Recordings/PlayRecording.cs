using Callback.Auditing;
using Callback.Database;
using Callback.Telephony;

namespace Callback.Calls.Recordings;

/// <param name="RecordingId">Null: the call's first that can be played.</param>
/// <param name="From">First byte; null: from the beginning.</param>
/// <param name="To">Last byte; null: to the end.</param>
public sealed record PlayRecordingInput(ShopId Shop, Guid AttemptId, string? RecordingId = null, long? From = null, long? To = null);

public abstract record PlayedRecording
{
    /// <summary>Dispose the sound.</summary>
    public sealed record Playing(Recording Recording, RecordingSound Sound) : PlayedRecording;

    /// <summary>There is none, it was deleted, or it is not the actor's to hear.</summary>
    public sealed record None : PlayedRecording;

    /// <summary>The provider did not hand it out; later it may.</summary>
    public sealed record NotNow : PlayedRecording;
}

/// <summary>Hands a recording's sound on from the provider: the browser never meets the provider, and every time somebody starts listening is audited before a byte is sent.</summary>
public sealed class PlayRecording(Db db, TimeProvider time, Telephony.Lines lines)
{
    public async Task<PlayedRecording> RunAsync(Actor actor, PlayRecordingInput input, CancellationToken ct)
    {
        actor.Demand(Permission.PlayRecordings, input.Shop);
        if (await FindAsync(actor, input, ct) is not { } recording)
            return new PlayedRecording.None();
        if (lines.Find(recording.Line) is not IBridgeLine line || await line.OpenRecordingAsync(recording.RecordingId, input.From, input.To, ct) is not { } sound)
            return new PlayedRecording.NotNow();
        return new PlayedRecording.Playing(recording, sound);
    }

    private async Task<Recording?> FindAsync(Actor actor, PlayRecordingInput input, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(input.Shop, ct);
        var recording = await session.QuerySingleOrDefaultAsync<Recording>(
            $"""
            select {Recording.Columns}
            from recordings
            where shop_id = @Shop and attempt_id = @AttemptId and state = 'Available' and (@RecordingId::text is null or recording_id = @RecordingId)
            order by started_at, recording_id
            limit 1
            """,
            new { input.Shop, input.AttemptId, input.RecordingId },
            ct);
        // A player asks for piece after piece; the first one is the listening.
        if (recording is not null && (input.From ?? 0) == 0)
        {
            await AuditTrail.AppendAsync(
                session, input.Shop, actor, time.GetUtcNow(), "recording.played", $"attempt:{input.AttemptId}", new { recording.RecordingId, recording.Seconds }, ct);
            await session.CommitAsync();
        }
        return recording;
    }
}
