using Callback.Calls.Bridges;
using Callback.Calls.Recordings;
using Callback.Database;
using Callback.Telephony;
using Microsoft.Extensions.Logging;

namespace Callback.Calls.Inbox;

/// <summary>
/// Works on what providers told: the door only stores it. Entries may be worked on in any order, by several nodes at once and twice; what they say only raises a
/// state. A call that is none of ours keeps its entries, and the health figures tell of it.
/// </summary>
public sealed partial class ProcessLineInbox(Db db, Telephony.Lines lines, RecordLineEvent record, LegNews legs, RecordingNews recordings, ILogger<ProcessLineInbox> log) : IPass
{
    public const int MostAtOnce = 500;

    /// <summary>An entry that failed so often is left alone, and counted.</summary>
    public const int MostTries = 5;

    public string Name => "process-line-inbox";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct) => await WorkAsync(now, ct);

    /// <summary>Works on what waits, the oldest first, at most <see cref="MostAtOnce"/> entries.</summary>
    public async Task<InboxWork> WorkAsync(DateTimeOffset now, CancellationToken ct)
    {
        var (taken, unknown, failed) = (0, 0, 0);
        foreach (var entry in await WaitingAsync(ct))
            try
            {
                if (await TakeInAsync(entry, now, ct))
                    taken++;
                else
                    unknown++;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One entry that can't be worked on must not keep the others waiting.
                failed++;
                Failed(e, entry.Event, entry.Subject);
                await AgainAsync(entry, now, ct);
            }
        return new(taken, unknown, failed);
    }

    private async Task<bool> TakeInAsync(InboxEntry entry, DateTimeOffset now, CancellationToken ct)
    {
        var news = lines.Find(entry.Line) is IBridgeLine line ? line.Read(entry) : new LineNews.Nothing();
        var known = news switch
        {
            LineNews.OfCall call => await record.RunAsync(call.Heard, now, ct) is not null,
            LineNews.OfMachine machine => await MachineAsync(entry, machine, ct),
            LineNews.OfAgent agent => await legs.OfAgentAsync(entry.Shop, agent.BridgeId, agent.CallId, agent.State, now, ct),
            LineNews.OfGuest guest => await legs.OfGuestAsync(entry.Shop, guest.GuestId, guest.CallId, guest.State, now, ct),
            LineNews.OfRoom room => await legs.OfRoomAsync(entry.Shop, room.BridgeId, room.ConferenceId, ct),
            LineNews.OfRecording recording => await recordings.TakeInAsync(entry, recording, ct),
            _ => true,
        };
        if (!known)
            UnknownCall(entry.Event, entry.CallId);
        await DoneAsync(entry, news is LineNews.OfCall or LineNews.OfMachine or LineNews.OfRecording && known ? entry.Subject : null, known ? null : "Unknown", now, ct);
        return known;
    }

    private async Task<bool> MachineAsync(InboxEntry entry, LineNews.OfMachine machine, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(entry.Shop, ct);
        if (await Attempt.LockAsync(session, [entry.Shop], machine.AttemptId, ct) is not { } attempt || (attempt.ProviderCallId ?? machine.CallId) != machine.CallId)
            return false;
        await AttemptMoves.FiguresAsync(session, entry.Shop, machine.AttemptId, new(AnsweredBy: machine.AnsweredBy), ct);
        await session.CommitAsync();
        return true;
    }

    private async Task<IReadOnlyList<InboxEntry>> WaitingAsync(CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QueryAsync<InboxEntry>(
            """
            select shop_id as shop, line, call_id, event, sequence, subject, body::text as body, received_at
            from line_inbox
            where processed_at is null
            order by received_at, call_id, sequence, event
            limit @MostAtOnce
            """,
            new { MostAtOnce },
            ct);
    }

    private async Task DoneAsync(InboxEntry entry, Guid? attemptId, string? finding, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(entry.Shop, ct);
        await session.ExecuteAsync(
            """
            update line_inbox
            set processed_at = @now, attempt_id = @attemptId, finding = @finding
            where shop_id = @Shop and line = @Line and call_id = @CallId and event = @Event and sequence = @Sequence
            """,
            new { entry.Shop, entry.Line, entry.CallId, entry.Event, entry.Sequence, attemptId, finding, now },
            ct);
        await session.CommitAsync();
        CrashPoint.Reach("event.marked");
    }

    private async Task AgainAsync(InboxEntry entry, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(entry.Shop, ct);
        await session.ExecuteAsync(
            """
            update line_inbox
            set tries = tries + 1,
                processed_at = case when tries + 1 >= @MostTries then @now end,
                finding = case when tries + 1 >= @MostTries then 'Broken' end
            where shop_id = @Shop and line = @Line and call_id = @CallId and event = @Event and sequence = @Sequence and processed_at is null
            """,
            new { entry.Shop, entry.Line, entry.CallId, entry.Event, entry.Sequence, MostTries, now },
            ct);
        await session.CommitAsync();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The event {Event} of {Subject} could not be worked on; it is tried again.")]
    private partial void Failed(Exception e, string @event, Guid subject);

    [LoggerMessage(Level = LogLevel.Error, Message = "The line told {Event} of a call that is none of ours: {CallId}. Somebody else uses the account, or calls were lost with a database.")]
    private partial void UnknownCall(string @event, string callId);
}

/// <param name="Taken">Taken in.</param>
/// <param name="Unknown">About calls that are none of ours.</param>
/// <param name="Failed">To be tried again.</param>
public sealed record InboxWork(int Taken, int Unknown, int Failed)
{
    /// <summary>There may be more.</summary>
    public bool WasFull => Taken + Unknown + Failed >= ProcessLineInbox.MostAtOnce;
}
