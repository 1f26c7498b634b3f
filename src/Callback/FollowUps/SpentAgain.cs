using Callback.Calls;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;

namespace Callback.FollowUps;

/// <summary>One more look for a call that counts as spent: before anybody releases it, its line is asked afresh.</summary>
public sealed class SpentAgain(Db db, Lines lines, PersonalDataVault vault)
{
    /// <exception cref="InvalidInputException">
    /// <c>attempt-unknown</c>, <c>not-spent</c>, <c>call-found</c> (then the attempt is placed and a release of it void), <c>list-unread</c> (no empty list),
    /// <c>call-in-doubt</c> (more than one call of a list may be it), <c>rang-since</c> (an order of it was called later).
    /// </exception>
    internal async Task LookAsync(ShopId shop, Guid attemptId, DateTimeOffset now, CancellationToken ct)
    {
        var attempt = await ReadAsync(shop, attemptId, ct);
        var answer = await FindAsync(attempt, ct);
        if (answer is FoundCall.SeveralFit)
            await DoubtAsync(attempt, ct);
        if (answer is not FoundCall.Found found)
            return;
        await using var settling = await db.BeginAsync(shop, ct);
        await LostCall.FoundAsync(settling, await LockAsync(settling, shop, attemptId, ct), found.CallId, now, ct);
        await settling.CommitAsync();
        throw new InvalidInputException(Problem.Of("call-found", "attemptId"));
    }

    internal static async Task<Attempt> LockAsync(Session session, ShopId shop, Guid attemptId, CancellationToken ct)
    {
        var attempt = await Attempt.LockAsync(session, [shop], attemptId, ct) ?? throw OwnAttempt.Unknown(attemptId);
        return attempt.State == AttemptState.Spent
            ? attempt
            : throw new InvalidInputException(Problem.Of("not-spent", "attemptId", ("state", attempt.State.ToString())));
    }

    private async Task<Attempt> ReadAsync(ShopId shop, Guid attemptId, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(shop, ct);
        var attempt = await LockAsync(session, shop, attemptId, ct);
        if (await LostCall.IsInDoubtAsync(session, attempt, ct))
            throw InDoubt();
        if (await RangSinceAsync(session, attempt, ct))
            throw new InvalidInputException(Problem.Of("rang-since", "attemptId"));
        return attempt;
    }

    private async Task DoubtAsync(Attempt attempt, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(attempt.ShopId, ct);
        await LostCall.KeepDoubtAsync(session, attempt, ct);
        await session.CommitAsync();
        throw InDoubt();
    }

    private static InvalidInputException InDoubt() => new(Problem.Of("call-in-doubt", "attemptId"));

    /// <summary>One of its orders was called later – by its release, or by a call that was adopted after a restore – and that one rang, or may have: nothing is owed any more.</summary>
    private static Task<bool> RangSinceAsync(Session session, Attempt attempt, CancellationToken ct) => session.QuerySingleAsync<bool>(
        """
        select exists (
            select
            from attempt_rights r
            join attempt_rights s on s.shop_id = r.shop_id and s.purpose = r.purpose and s.order_no = r.order_no and s.attempt_id <> r.attempt_id
            join attempts a on a.shop_id = s.shop_id and a.attempt_id = s.attempt_id
            where r.shop_id = @ShopId and r.attempt_id = @AttemptId and a.gated_at >= @GatedAt and a.state not in ('NotPlaced', 'Spent'))
        """,
        new { attempt.ShopId, attempt.AttemptId, attempt.GatedAt },
        ct);

    private async Task<FoundCall> FindAsync(Attempt attempt, CancellationToken ct)
    {
        try
        {
            return await lines[attempt.Line].FindAsync(await LostCall.OfAsync(db, vault, attempt, ct), ct);
        }
        catch (Exception e) when (e is LineSilentException or HttpRequestException or TimeoutException)
        {
            throw new InvalidInputException(Problem.Of("list-unread", "attemptId"));
        }
    }
}
