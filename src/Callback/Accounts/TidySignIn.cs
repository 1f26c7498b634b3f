using Callback.Database;

namespace Callback.Accounts;

/// <summary>Clears away what sign-in no longer needs: sessions that are over, and failures of networks and of accounts that do not exist.</summary>
public sealed class TidySignIn(Db db) : IPass
{
    private const string ExpireSql =
        """
        update user_sessions
        set ended_at = @now, end_reason = 'Expired'
        where ended_at is null and (seen_at <= @now - @idle or created_at <= @now - @life)
        """;

    private const string ForgetSessionsSql = "delete from user_sessions where ended_at < @now - interval '90 days'";

    // The failures of an account that exists stay until it signs in or is reset.
    private const string ForgetFailuresSql =
        """
        delete from sign_in_failures f
        where f.last_at < @now - interval '1 day'
            and not exists (
                select
                from users u
                where f.subject = 'account:' || u.name)
        """;

    public string Name => "tidy-sign-in";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        var expired = await session.ExecuteAsync(ExpireSql, new { now, idle = SessionPolicy.IdleFor, life = SessionPolicy.LivesFor }, ct);
        var sessions = await session.ExecuteAsync(ForgetSessionsSql, new { now }, ct);
        var failures = await session.ExecuteAsync(ForgetFailuresSql, new { now }, ct);
        await session.CommitAsync();
        return new { expired, sessions, failures };
    }
}
