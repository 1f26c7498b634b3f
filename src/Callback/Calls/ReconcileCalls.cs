using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;
using Microsoft.Extensions.Logging;

namespace Callback.Calls;

/// <summary>
/// Finds out what became of attempts whose process or answer was lost. Nothing is ever sent here: an attempt is found with its line, proven not to have rung,
/// or – after three empty lists over at least fifteen minutes – counted as spent.
/// </summary>
public sealed partial class ReconcileCalls(Db db, Lines lines, PersonalDataVault vault, ILogger<ReconcileCalls> log) : IPass
{
    public const int EmptyLists = 3;

    public string Name => "reconcile-calls";

    public TimeSpan Every => TimeSpan.FromSeconds(15);

    public async Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
    {
        var lost = await LoseAsync(now, ct);
        var settled = new Dictionary<string, int>();
        foreach (var attempt in await UnknownAsync(now, ct))
            try
            {
                var word = await SettleAsync(attempt, await lines[attempt.Line].FindAsync(await LostCall.OfAsync(db, vault, attempt, ct), ct), now, ct);
                settled[word] = settled.GetValueOrDefault(word) + 1;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A line that does not answer is no empty list: nothing is counted.
                settled["notAsked"] = settled.GetValueOrDefault("notAsked") + 1;
                NotAsked(e, attempt.AttemptId);
            }
        return new { lost, settled };
    }

    private async Task<int> LoseAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var lost = await session.ExecuteAsync(
            """
            update attempts
            set state = 'Unknown', refusal = 'answer-lost'
            where state = 'Dialing' and gated_at < @before
            """,
            new { before = now - ProtocolTimes.Grace },
            ct);
        if (lost > 0)
            CrashPoint.Reach("unknown.written");
        await session.CommitAsync();
        if (lost > 0)
            CrashPoint.Reach("unknown.committed");
        return lost;
    }

    private async Task<IReadOnlyList<Attempt>> UnknownAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QueryAsync<Attempt>(
            $"""
            select {Attempt.Columns}
            from attempts
            where state = 'Unknown' and gated_at < @grace and (reconciled_at is null or reconciled_at <= @again)
            order by gated_at, attempt_id
            """,
            new { grace = now - ProtocolTimes.Grace, again = now - ProtocolTimes.BetweenLists },
            ct);
    }

    private async Task<string> SettleAsync(Attempt attempt, FoundCall found, DateTimeOffset now, CancellationToken ct)
    {
        CrashPoint.Reach("search.listed");
        await using var session = await db.BeginAsync(attempt.ShopId, ct);
        if (await Attempt.LockAsync(session, [attempt.ShopId], attempt.AttemptId, ct) is not { State: AttemptState.Unknown } still)
            return "alreadySettled";
        var word = found switch
        {
            FoundCall.Found call when await LostCall.FoundAsync(session, still, call.CallId, now, ct) => "found",
            FoundCall.NeverPlaced never when await AttemptMoves.NotPlacedAsync(session, still.ShopId, still.AttemptId, never.Proof, now, ct) => "neverPlaced",
            FoundCall.NotListed => await NotListedAsync(session, still, now, ct),
            FoundCall.SeveralFit => await SeveralFitAsync(session, still, now, ct),
            _ => "unchanged",
        };
        CrashPoint.Reach("search.written");
        await session.CommitAsync();
        CrashPoint.Reach("search.committed");
        return word;
    }

    /// <summary>It is looked for no longer than any other, but what was seen is kept: it may have rung, so it is not released.</summary>
    private static async Task<string> SeveralFitAsync(Session session, Attempt attempt, DateTimeOffset now, CancellationToken ct)
    {
        await LostCall.KeepDoubtAsync(session, attempt, ct);
        return await NotListedAsync(session, attempt, now, ct) == "spent" ? "spent" : "severalFit";
    }

    private static async Task<string> NotListedAsync(Session session, Attempt attempt, DateTimeOffset now, CancellationToken ct)
    {
        await session.ExecuteAsync(
            """
            update attempts
            set empty_lists = empty_lists + 1, reconciled_at = @now
            where shop_id = @ShopId and attempt_id = @AttemptId
            """,
            new { attempt.ShopId, attempt.AttemptId, now },
            ct);
        return attempt.EmptyLists + 1 >= EmptyLists && await AttemptMoves.SpentAsync(session, attempt.ShopId, attempt.AttemptId, now, ct) ? "spent" : "notListed";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The line could not be asked for attempt {AttemptId}, whose fate is not known; it is asked again.")]
    private partial void NotAsked(Exception e, Guid attemptId);
}
