using Callback.Database;

namespace Callback.Accounts;

/// <summary>Why a session is over.</summary>
public enum SessionEnd
{
    SignedOut,
    Replaced,
    Revoked,
    Disabled,
    PasswordChanged,
    Expired,
}

/// <summary>A browser in which a user is signed in.</summary>
public sealed record OpenSession(Guid SessionId, string Network, string Browser, DateTimeOffset CreatedAt, DateTimeOffset SeenAt);

/// <summary>Lists a user's sessions and ends them; the next request of an ended one fails.</summary>
public sealed class EndSessions(Db db, TimeProvider time)
{
    private const string ListSql =
        """
        select session_id, network, browser, created_at, seen_at
        from user_sessions
        where user_id = @userId and ended_at is null and seen_at > @now - @idle and created_at > @now - @life
        order by created_at desc, session_id
        """;

    private const string EndSql =
        """
        update user_sessions
        set ended_at = @now, end_reason = @reason
        where user_id = @userId and ended_at is null and (@sessionId is null or session_id = @sessionId) and session_id is distinct from @except
        """;

    public async Task<IReadOnlyList<OpenSession>> ListAsync(Guid userId, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        return await session.QueryAsync<OpenSession>(
            ListSql, new { userId, now = time.GetUtcNow(), idle = SessionPolicy.IdleFor, life = SessionPolicy.LivesFor }, ct);
    }

    /// <summary>One session of the user's own; another user's is left alone.</summary>
    public async Task RunAsync(Guid userId, Guid sessionId, SessionEnd reason, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        await EndAsync(session, new(userId, sessionId, null), time.GetUtcNow(), reason, ct);
        await session.CommitAsync();
    }

    /// <summary>All of the user's, or all but one.</summary>
    internal static Task AllAsync(Session session, Guid userId, Guid? except, DateTimeOffset now, SessionEnd reason, CancellationToken ct) =>
        EndAsync(session, new(userId, null, except), now, reason, ct);

    private static Task<int> EndAsync(Session session, Which which, DateTimeOffset now, SessionEnd reason, CancellationToken ct) =>
        session.ExecuteAsync(EndSql, new { which.UserId, which.SessionId, which.Except, now, reason = reason.ToString() }, ct);

    private sealed record Which(Guid UserId, Guid? SessionId, Guid? Except);
}
