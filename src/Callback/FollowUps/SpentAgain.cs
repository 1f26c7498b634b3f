using Callback.Calls;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;

namespace Callback.FollowUps;

/// <summary>One more look for a call that counts as spent: before anybody releases it, its line is asked afresh.</summary>
public sealed class SpentAgain(Db db, Lines lines, PersonalDataVault vault)
{
    /// <exception cref="InvalidInputException">
    /// <c>attempt-unknown</c>, <c>not-spent</c>, <c>call-found</c> (then the attempt is placed and a release of it void), <c>list-unread</c> (no empty list).
    /// </exception>
    internal async Task LookAsync(ShopId shop, Guid attemptId, DateTimeOffset now, CancellationToken ct)
    {
        Attempt attempt;
        await using (var session = await db.BeginAsync(shop, ct))
            attempt = await LockAsync(session, shop, attemptId, ct);
        if (await FindAsync(attempt, ct) is not FoundCall.Found found)
            return;
        await using var settling = await db.BeginAsync(shop, ct);
        await LockAsync(settling, shop, attemptId, ct);
        await AttemptMoves.PlacedAsync(settling, shop, attemptId, found.CallId, now, ct);
        await Grants.CallFoundAsync(settling, shop, attemptId, now, ct);
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
