using Callback.Auditing;
using Callback.Database;

namespace Callback.Accounts;

/// <summary>The words an outsider knows: names and codes of the shops.</summary>
public sealed class ShopWords(Db db)
{
    private const string Sql =
        """
        select shop_id as word
        from shops
        union
        select name
        from shops
        """;

    public async Task<IReadOnlyList<string>> ReadAsync(CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        return await session.QueryAsync<string>(Sql, null, ct);
    }
}

/// <summary>Puts a user's own new password in force. The host has checked the old one and hashed the new one.</summary>
public sealed class SetPassword(Db db, TimeProvider time)
{
    private const string Sql =
        """
        update users
        set password_hash = @passwordHash, security_stamp = @stamp, must_change_password = false
        where user_id = @userId
        """;

    /// <summary>Ends the user's other sessions.</summary>
    public async Task RunAsync(SignedIn signedIn, string passwordHash, CancellationToken ct)
    {
        var user = signedIn.User ?? throw new InvalidOperationException("A key has no password.");
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        await session.ExecuteAsync(Sql, new { user.UserId, passwordHash, stamp = OneTimeSecret.Token() }, ct);
        await EndSessions.AllAsync(session, user.UserId, signedIn.SessionId, now, SessionEnd.PasswordChanged, ct);
        await AuditTrail.AppendAsync(session, null, signedIn.Actor, now, "password.changed", $"user:{user.Name}", new { }, ct);
        await session.CommitAsync();
    }
}
