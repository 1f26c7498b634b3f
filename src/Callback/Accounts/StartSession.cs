using Callback.Database;

namespace Callback.Accounts;

/// <param name="Network">Where from, for the list of sessions and the guessing limits.</param>
/// <param name="Browser">What with, as the browser says; at most 200 characters are kept.</param>
public sealed record Place(string Network, string Browser);

/// <summary>Opens a session after the password was right. Ends the user's oldest when there are too many.</summary>
public sealed class StartSession(Db db, TimeProvider time)
{
    private const string ReplaceSql =
        """
        update user_sessions
        set ended_at = @now, end_reason = 'Replaced'
        where session_id in (
            select session_id
            from user_sessions
            where user_id = @userId and ended_at is null
            order by created_at desc, session_id desc
            offset @keep)
        """;

    private const string InsertSql =
        """
        insert into user_sessions (session_id, token_hash, user_id, network, browser, created_at, seen_at)
        values (@sessionId, @tokenHash, @userId, @network, @browser, @now, @now)
        """;

    /// <returns>The token for the cookie; the database has only its hash.</returns>
    public async Task<string> RunAsync(Guid userId, Place place, TryDecision.Allowed tried, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var token = OneTimeSecret.Token();
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        var user = await UserQueries.LockAsync(session, userId, ct);
        await session.ExecuteAsync(ReplaceSql, new { userId, now, keep = SessionPolicy.MostPerUser - 1 }, ct);
        await session.ExecuteAsync(
            InsertSql,
            new
            {
                sessionId = Ids.New(now),
                tokenHash = OneTimeSecret.Hash(token),
                userId,
                network = place.Network,
                browser = place.Browser.Length <= 200 ? place.Browser : place.Browser[..200],
                now,
            },
            ct);
        await SignInThrottle.TakeBackAsync(session, tried, place.Network, ct);
        if (user.User.TotpEnabledAt is null)
            await SignInThrottle.ForgiveAsync(session, user.User.Name, ct);
        await session.CommitAsync();
        return token;
    }
}
