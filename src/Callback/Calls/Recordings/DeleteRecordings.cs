using Callback.Database;
using Callback.Telephony;
using Microsoft.Extensions.Logging;

namespace Callback.Calls.Recordings;

/// <summary>Deletes recordings whose time is over: with the provider first, so that what stands here as deleted is gone there.</summary>
public sealed partial class DeleteRecordings(Db db, Telephony.Lines lines, ILogger<DeleteRecordings> log) : IPass
{
    private const int MostAtOnce = 50;

    public string Name => "delete-recordings";

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
    {
        var (deleted, failed) = (0, 0);
        foreach (var recording in await DueAsync(now, ct))
            if (lines.Find(recording.Line) is IBridgeLine line && await line.DeleteRecordingAsync(recording.RecordingId, ct) is ActAnswer.Done)
            {
                await DeletedAsync(recording, now, ct);
                deleted++;
            }
            else
            {
                failed++;
                NotDeleted(recording.RecordingId);
            }
        return new { deleted, failed };
    }

    private async Task<IReadOnlyList<Recording>> DueAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QueryAsync<Recording>(
            $"""
            select {Recording.Columns}
            from recordings
            where state in ('Running', 'Available') and expires_at <= @now
            order by expires_at, recording_id
            limit @MostAtOnce
            """,
            new { now, MostAtOnce },
            ct);
    }

    private async Task DeletedAsync(Recording recording, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(recording.ShopId, ct);
        await session.ExecuteAsync(
            "update recordings set state = 'Deleted', deleted_at = @now, deleted_why = 'retention' where shop_id = @ShopId and recording_id = @RecordingId and state <> 'Deleted'",
            new { recording.ShopId, recording.RecordingId, now },
            ct);
        await session.CommitAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The recording {RecordingId} is due to be deleted and the provider did not do it; it is tried again.")]
    private partial void NotDeleted(string recordingId);
}
