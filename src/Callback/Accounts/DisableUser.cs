using Callback.Auditing;
using Callback.Database;

namespace Callback.Accounts;

/// <summary>Lets a user in no more, from their next request on; or lets them in again.</summary>
public sealed class DisableUser(Db db, TimeProvider time)
{
    private const string DisableSql =
        """
        update users
        set disabled_at = @now
        where user_id = @userId and disabled_at is null
        """;

    private const string EnableSql =
        """
        update users
        set disabled_at = null
        where user_id = @userId and disabled_at is not null
        """;

    private const string OtherAdminSql =
        """
        select exists (
            select
            from users
            where is_admin and disabled_at is null and user_id <> @userId)
        """;

    /// <exception cref="InvalidInputException">It would leave the installation without an administrator, or there is no such user.</exception>
    public async Task RunAsync(Actor actor, Guid userId, bool disable, CancellationToken ct)
    {
        actor.Demand(Permission.ManageUsers);
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        var user = (await UserQueries.LockAsync(session, userId, ct)).User;
        if (disable && user.IsAdmin && !await session.QuerySingleAsync<bool>(OtherAdminSql, new { userId }, ct))
            throw new InvalidInputException(Problem.Of("last-admin", "user"));
        if (await session.ExecuteAsync(disable ? DisableSql : EnableSql, new { userId, now }, ct) == 0)
            return;
        if (disable)
            await EndSessions.AllAsync(session, userId, except: null, now, SessionEnd.Disabled, ct);
        await AuditTrail.AppendAsync(session, null, actor, now, disable ? "user.disabled" : "user.enabled", $"user:{user.Name}", new { }, ct);
        await session.CommitAsync();
    }
}
