using Callback.Auditing;
using Callback.Database;

namespace Callback.Accounts;

/// <summary>For a user who forgot the password, lost the second factor's device or guessed too often: a new one-time password, no second factor, no sessions, no counted failures.</summary>
public sealed class ResetSignIn(Db db, TimeProvider time, IPasswordHashes hashes)
{
    private const string Sql =
        """
        update users
        set password_hash = @hash, security_stamp = @stamp, must_change_password = true,
            totp_cipher = null, totp_enabled_at = null, totp_last_step = null
        where user_id = @userId
        """;

    private const string DropCodesSql = "delete from recovery_codes where user_id = @userId";

    /// <returns>The one-time password, shown this once.</returns>
    /// <exception cref="InvalidInputException">There is no such user.</exception>
    public async Task<string> RunAsync(Actor actor, Guid userId, CancellationToken ct)
    {
        actor.Demand(Permission.ManageUsers);
        var now = time.GetUtcNow();
        var password = OneTimeSecret.Readable(4);
        var hash = hashes.Hash(password);
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        var user = (await UserQueries.LockAsync(session, userId, ct)).User;
        await session.ExecuteAsync(Sql, new { userId, hash, stamp = OneTimeSecret.Token() }, ct);
        await session.ExecuteAsync(DropCodesSql, new { userId }, ct);
        await EndSessions.AllAsync(session, userId, except: null, now, SessionEnd.Revoked, ct);
        await SignInThrottle.ForgiveAsync(session, user.Name, ct);
        await AuditTrail.AppendAsync(session, null, actor, now, "user.sign-in-reset", $"user:{user.Name}", new { }, ct);
        await session.CommitAsync();
        return password;
    }
}
